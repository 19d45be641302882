using System.Text.RegularExpressions;
using ControlTower.Core.Engine;
using ControlTower.Core.Engine.Correlation;
using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Persistence;

/// <summary>Every query of the engine translates for SQL Server.</summary>
public class EngineTranslationTests
{
    private static readonly byte[][] Keys = [new byte[32]];
    private static readonly long[] Ids = [1, 2];

    public static TheoryData<string> Names => [.. Queries.Keys];

    private static Dictionary<string, Func<TowerDbContext, IQueryable>> Queries { get; } = new()
    {
        ["links"] = db => LinkReader.Query(db, ["SO-1"]),
        ["oldest waiting"] = AsOfClock.Oldest,
        ["commands"] = db => TransactionLoader.Commands(db, Ids),
        ["holds"] = db => TransactionLoader.Holds(db, Ids),
        ["cases"] = db => TransactionLoader.Cases(db, Ids),
        ["sites"] = db => TransactionLoader.Sites(db, Ids),
        ["merged events"] = db => Retractor.Merged(db, "erp", Keys),
        ["retractions"] = db => Retractor.Retractions(db, Keys),
        ["stranded retractions"] = RetractionSweep.Stranded,
        ["facts of a transaction"] = db => RebuildMerge.Facts(db, 1, Ids),
        ["message cases"] = db => MessageCases.Open(db, ["message:1"]),
        ["parked with a link"] = DeferredMessageSweep.Linked,
        ["parked and taken back"] = DeferredMessageSweep.TakenBack,
        ["parked too long"] = db => DeferredMessageSweep.Late(db, DateTimeOffset.UnixEpoch),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_query_translates_on_both_databases(string name)
    {
        using var server = TowerContexts.SqlServer("Server=nowhere");
        using var postgres = TowerContexts.Postgres("Host=nowhere");

        Queries[name](server).ToQueryString().ShouldContain("SELECT");
        Queries[name](postgres).ToQueryString().ShouldContain("SELECT");
    }

    /// <summary>SQL Server takes 2,100 parameters at most; above that the keys are passed as one.</summary>
    [Fact]
    public void The_keys_of_a_full_batch_are_within_the_parameters_of_SQL_Server()
    {
        using var server = TowerContexts.SqlServer("Server=nowhere");
        byte[][] keys = [.. Enumerable.Range(0, 5000).Select(n => BitConverter.GetBytes(n))];

        var parameters = Regex.Count(Retractor.Merged(server, "erp", keys).ToQueryString(), "^DECLARE", RegexOptions.Multiline);

        parameters.ShouldBeLessThan(2_100);
    }
}
