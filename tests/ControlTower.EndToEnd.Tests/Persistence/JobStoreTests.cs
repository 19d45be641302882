using System.Text.RegularExpressions;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Migrations;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace ControlTower.EndToEnd.Tests.Persistence;

/// <summary>The tables of the scheduler's jobs, which our migrations create in place of the scheduler.</summary>
public sealed partial class JobStoreTests
{
    [Theory]
    [InlineData(DatabaseProvider.PostgreSQL, "postgres", "qrtz_")]
    [InlineData(DatabaseProvider.SqlServer, "sqlServer", "QRTZ_")]
    public void Our_tables_are_those_that_this_version_of_Quartz_would_create(DatabaseProvider provider, string script, string prefix)
    {
        using var stream = typeof(IScheduler).Assembly.GetManifestResourceStream($"Quartz.Impl.AdoJobStore.Schema.create_{script}.sql")!;
        using var reader = new StreamReader(stream);
        var theirs = reader.ReadToEnd().Replace("{0}", prefix, StringComparison.Ordinal).Replace("{1}", prefix, StringComparison.Ordinal);

        Statements(JobStoreTables.Script(provider)).ShouldBe(Statements(theirs), "a migration brings what Quartz added");
    }

    [Fact]
    public async Task A_new_database_has_every_table()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        (await TablesAsync(db)).ShouldBe(JobStoreTables.Names.Select(name => name.ToLowerInvariant()), ignoreOrder: true);
    }

    private static Task<List<string>> TablesAsync(TowerDbContext db) => db.Database.SqlQuery<string>(
        $"SELECT LOWER(table_name) AS \"Value\" FROM information_schema.tables WHERE LOWER(table_name) LIKE 'qrtz%'").ToListAsync();

    /// <summary>One statement a line, without comments and without Quartz's conditions for creating each.</summary>
    private static List<string> Statements(string script)
    {
        var lines = script.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !Condition().IsMatch(line));
        return [
            .. string.Join(' ', lines).Replace("IF NOT EXISTS ", "", StringComparison.Ordinal).Split(';', StringSplitOptions.TrimEntries)];
    }

    [GeneratedRegex("^(--|IF OBJECT_ID|IF NOT EXISTS|BEGIN$|END$)")]
    private static partial Regex Condition();
}
