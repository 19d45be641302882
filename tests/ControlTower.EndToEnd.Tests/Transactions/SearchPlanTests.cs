using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Testing;
using ControlTower.Web.Features.Shipments;
using ControlTower.Web.Features.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Transactions;

/// <summary>Every query of the search, and the lists of late and at-risk orders, read an index and nothing whole.</summary>
public sealed class SearchPlanTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        TestedDatabase.OnlyPostgreSQL("it reads PostgreSQL's plans.");
        _database = await TestDatabase.CreateAsync();
        await using var db = _database.Open();
        await db.Database.ExecuteSqlRawAsync(Load);
    }

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData("SO-10000077")]
    [InlineData("so-100000")]
    [InlineData("erp:SO-1000")]
    [InlineData("10000077")]
    [InlineData("100")]
    public async Task A_text_is_looked_up_by_indexes(string text)
    {
        await using var db = _database.Open();
        foreach (var query in TransactionSearch.ExactQueries(text, db).Concat(TransactionSearch.BeginningQueries(text, db)))
        {
            (await PlanAsync(query)).ShouldNotMatch("Seq Scan on (transaction|document_reference|reference_link)");
        }
    }

    [Theory]
    [InlineData("CUSTOMER 7", true)]
    [InlineData("CUST", false)]
    [InlineData("7", false)]
    public async Task Customers_and_the_latest_orders_of_each_are_read_by_their_keys(string sought, bool isExact)
    {
        await using var db = _database.Open();

        var plan = await PlanAsync(CustomerSearch.Orders(db, sought, isExact, 10));

        plan.ShouldContain("pk_customer_word");
        plan.ShouldContain("pk_customer_link");
        plan.ShouldNotContain("Seq Scan");
        plan.ShouldNotContain("WindowAgg", customMessage: "the orders of everybody would be numbered");
    }

    [Fact]
    public async Task What_is_found_is_read_by_key_and_not_looked_for_in_the_lists_order()
    {
        await using var db = _database.Open();
        var oldest = Enumerable.Range(1, 3000).Select(id => (long)id).ToArray();

        var plan = await PlanAsync(TransactionSearch.Rows(db, oldest).From(null, db).Select(t => t.Id).Take(51));

        plan.ShouldContain("pk_transaction");
        plan.ShouldNotContain("ix_transaction_updated_at_id");
    }

    [Fact]
    public async Task Inner_digits_have_an_index_of_their_own()
    {
        await using var db = _database.Open();

        (await PlanAsync(TransactionSearch.BeginningQueries("10000077", db)[1])).ShouldContain("ix_document_reference_digits");
    }

    [Fact]
    public async Task Late_and_at_risk_orders_are_read_from_indexes_of_them_alone()
    {
        await using var db = _database.Open();

        (await PlanAsync(Page(db, new() { Late = true }))).ShouldContain("ix_transaction_late ");
        (await PlanAsync(Page(db, new() { Late = true, Stage = TransactionStage.Shipped }))).ShouldContain("ix_transaction_late_stage");
        (await PlanAsync(Page(db, new() { AtRisk = true }))).ShouldContain("ix_transaction_at_risk");
        (await PlanAsync(Listed(db, ShipmentList.Late))).ShouldContain("ix_transaction_late");
        (await PlanAsync(Listed(db, ShipmentList.AtRisk))).ShouldContain("ix_transaction_at_risk");
    }

    private static IQueryable<long> Page(TowerDbContext db, TransactionFilter filter) =>
        db.Transactions.Matching(filter, db).From(null, db).Select(t => t.Id).Take(51);

    private static IQueryable<long> Listed(TowerDbContext db, ShipmentList list) => db.Transactions
        .Matching(new ShipmentFilter(list), TransactionRows.Auditor, db).From(ShipmentSort.Promise, null, db).Select(t => t.Id).Take(51);

    private static async Task<string> PlanAsync(IQueryable query)
    {
        await using var command = ((IQueryable<long>)query).CreateDbCommand();
        command.CommandText = $"EXPLAIN {command.CommandText}";
        await command.Connection!.OpenAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        await command.Connection.CloseAsync();
        return string.Join('\n', lines);
    }

    /// <summary>Fifty thousand orders of five thousand customers, with a few that are late or at risk.</summary>
    private const string Load = """
        INSERT INTO transaction (id, key, erp_system, order_number, state, state_format, version, policy_version, stage, health,
            legal_entity, customer_id, customer_name, currency, amount, invoiced, posted, held, late, at_risk, requested_delivery,
            updated_at, created_at, correlation_id)
        SELECT i, 'erp:SO-' || 10000000 + i, 'erp', 'SO-' || 10000000 + i, 'x', 1, 1, 1, CASE WHEN i % 10 = 0 THEN 4 ELSE 7 END, 0,
            '1000', 'C-' || i % 5000, 'Customer ' || i % 5000, 'USD', 1, 0, 0, 0, i % 500 = 0, i % 500 = 10, now(),
            now() + make_interval(secs => i), now(), md5(i::text)
        FROM generate_series(1, 50000) AS i;
        INSERT INTO document_reference (id, kind, value, digits)
        SELECT i * 2 + n, (ARRAY['order', 'invoice'])[n + 1], (ARRAY['SO-', 'INV-'])[n + 1] || 10000000 + i, (10000000 + i)::text
        FROM generate_series(1, 50000) AS i, generate_series(0, 1) AS n;
        INSERT INTO reference_link (reference_id, system, transaction_id) SELECT id, 'erp', id / 2 FROM document_reference;
        INSERT INTO customer_link (customer, transaction_id) SELECT i % 5000, i FROM generate_series(1, 50000) AS i;
        INSERT INTO customer_word (text, customer) SELECT 'CUSTOMER ' || i, i FROM generate_series(0, 4999) AS i
            UNION ALL SELECT i::text, i FROM generate_series(0, 4999) AS i;
        ANALYZE transaction, document_reference, reference_link, customer_link, customer_word;
        """;
}
