using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NpgsqlTypes;

namespace ControlTower.Core.Tests.Persistence;

/// <summary>Bulk statements of PostgreSQL have the model's columns; what they leave out is named here again.</summary>
public sealed class BulkColumnTests : IDisposable
{
    private readonly PostgresTowerDbContext _db = TowerContexts.Postgres("Host=nowhere");

    public static TheoryData<string, string> LeftOut => new()
    {
        {
            nameof(PostgresTables.NewTransactions),
            "id region customer_name segment carrier ordered_at requested_delivery shipped_at delivered_at next_look_at"
                + " commands_archived_at"
        },
        { nameof(PostgresTables.Transactions), "key erp_system order_number commands_archived_at created_at correlation_id" },
        { nameof(PostgresTables.Sites), "" },
        { nameof(PostgresTables.Events), "id" },
        { nameof(PostgresTables.Counts), "id" },
        { nameof(PostgresTables.NewMessages), "id parked_since processed_at note" },
        {
            nameof(PostgresTables.Messages),
            "connector source event_id dedupe_key content_hash payload type subject received_at accepted_at trace_parent note"
        },
        { nameof(PostgresTables.Commands), "id lease_owner lease_until lookups external_id error_code error_detail" },
        { nameof(PostgresTables.EagerCommands), "lookups external_id error_code error_detail" },
        { nameof(PostgresTables.Attempts), "id ended_at http_status detail" },
        { nameof(PostgresTables.Publications), "id" },
        { nameof(PostgresTables.UnsealedEntries), "id sequence previous_hash hash" },
        { nameof(PostgresTables.SealedEntries), "" },
        { nameof(PostgresTables.Cases), "id" },
        { nameof(PostgresTables.CaseSites), "" },
        { nameof(PostgresTables.Links), "" },
        { nameof(PostgresTables.CustomerLinks), "" },
        { nameof(PostgresTables.CustomerWords), "" },
        { nameof(PostgresTables.DeferredReferences), "" },
        { nameof(PostgresTables.Retractions), "" },
        { nameof(PostgresTables.ArchivedMessages), "" },
        { nameof(PostgresTables.SeenEvents), "" },
    };

    public void Dispose() => _db.Dispose();

    [Theory]
    [MemberData(nameof(LeftOut))]
    public void Bulk_statement_writes_every_column_that_it_does_not_leave_out(string statement, string leftOut)
    {
        var rows = Statement(statement);

        rows.Columns.ShouldBe(Columns(rows.Table).Except(leftOut.Split(' ')));
    }

    [Theory]
    [MemberData(nameof(LeftOut))]
    public void Bulk_statement_sends_each_column_as_the_type_that_is_stored(string statement, string leftOut)
    {
        _ = leftOut;
        var rows = Statement(statement);

        foreach (var property in Properties(rows.Table))
        {
            var column = property.GetColumnName();
            rows.Types.GetValueOrDefault(column, TypeOf(property.GetColumnType())).ShouldBe(TypeOf(property.GetColumnType()), column);
        }
    }

    [Fact]
    public void Every_bulk_statement_is_compared_with_the_model() =>
        LeftOut.Select(row => row.Data.Item1).ShouldBe(
            typeof(PostgresTables).GetProperties().Where(p => p.PropertyType.IsGenericType).Select(p => p.Name), ignoreOrder: true);

    [Fact]
    public void Column_that_is_added_to_the_model_is_written_without_further_work()
    {
        using var db = new Extended();

        ModelColumns.AllExcept<Row>(db.Model, nameof(Row.Id)).Columns.ShouldBe(["added", "name"], ignoreOrder: true);
    }

    [Fact]
    public void Statement_that_leaves_out_what_the_model_does_not_have_is_refused() =>
        Should.Throw<InvalidOperationException>(() => ModelColumns.AllExcept<TransactionSite>(_db.Model, "Gone"))
            .Message.ShouldContain("Gone");

    [Fact]
    public void Counter_statements_name_every_column_of_the_model()
    {
        foreach (var table in new[] { CountStatements.Table, ConnectorHourStatements.Table })
        {
            table.Columns.Split(", ").ShouldBe(Columns(table.Name).Where(name => name != "id"), ignoreOrder: true);
            table.Fold(DatabaseProvider.PostgreSQL, 1).ShouldContain($"INSERT INTO {table.Name} ({table.Columns})");
        }
    }

    private IEnumerable<IProperty> Properties(string table) =>
        _db.Model.GetEntityTypes().Single(entity => entity.GetTableName() == table).GetProperties();

    private IEnumerable<string> Columns(string table) => Properties(table).Select(property => property.GetColumnName());

    private (string Table, IReadOnlyList<string> Columns, IReadOnlyDictionary<string, NpgsqlDbType> Types) Statement(string name)
    {
        var rows = typeof(PostgresTables).GetProperty(name)!.GetValue(PostgresTables.For(_db))!;
        var types = Member<IReadOnlyDictionary<string, NpgsqlDbType>>("Types");
        return (Member<string>("Table"), Member<IReadOnlyList<string>>("Columns"), types);

        T Member<T>(string member) => (T)rows.GetType().GetProperty(member)!.GetValue(rows)!;
    }

    private static NpgsqlDbType TypeOf(string stored) => stored.Split('(')[0] switch
    {
        "bigint" => NpgsqlDbType.Bigint,
        "integer" => NpgsqlDbType.Integer,
        "smallint" => NpgsqlDbType.Smallint,
        "boolean" => NpgsqlDbType.Boolean,
        "bytea" => NpgsqlDbType.Bytea,
        "numeric" => NpgsqlDbType.Numeric,
        "timestamp with time zone" => NpgsqlDbType.TimestampTz,
        "text" or "character varying" => NpgsqlDbType.Text,
        _ => throw new ArgumentOutOfRangeException(nameof(stored), stored, "A type that no bulk statement sends."),
    };

    private sealed class Row
    {
        public long Id { get; set; }

        public string Name { get; set; } = "";

        public decimal? Added { get; set; }
    }

    private sealed class Extended() : DbContext(new DbContextOptionsBuilder().UseNpgsql("Host=nowhere").Options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Row>(row =>
            {
                row.ToTable("row");
                row.Property(r => r.Id).HasColumnName("id");
                row.Property(r => r.Name).HasColumnName("name");
                row.Property(r => r.Added).HasColumnName("added");
            });
        }
    }
}
