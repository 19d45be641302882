using ControlTower.Core.Engine;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Engine;

/// <summary>Several workers and nodes share one inbox without a coordinator.</summary>
public class SharingTests
{
    private const int Orders = 60;

    [Fact]
    public async Task Four_workers_on_two_nodes_apply_each_fact_once_and_leave_none_behind()
    {
        await using var room = await EngineTestHost.OpenAsync(null, ("Engine:BatchSize", "7"));
        await using var beside = room.Beside();
        var random = new Random(4711);
        var facts = Enumerable.Range(0, Orders).SelectMany(Story).OrderBy(_ => random.Next()).ToList();
        foreach (var chunk in facts.Chunk(50))
        {
            foreach (var group in chunk.GroupBy(f => f.Connector))
            {
                await room.AcceptAsync(group.Key, [.. group.Select(f => f.Json)]);
            }
        }

        await Task.WhenAll(WorkAsync(room), WorkAsync(room), WorkAsync(beside), WorkAsync(beside));

        (await room.StatesAsync()).ShouldAllBe(state => state == InboxState.Applied);
        (await room.ReadAsync(db => db.Transactions.CountAsync())).ShouldBe(Orders);
        (await room.ReadAsync(db => db.TransactionEvents.CountAsync())).ShouldBe(facts.Count);
        (await room.ReadAsync(db => db.DeferredReferences.CountAsync())).ShouldBe(0);
    }

    private static IEnumerable<(string Connector, string Json)> Story(int i) =>
    [
        ("erp", Events.Order($"SO-{i}")),
        ("wms", Events.Picked($"F-{i}", new { order = $"SO-{i}" })),
        ("wms", Events.Ready($"SH-{i}", new { fulfilment = $"F-{i}" })),
        ("wms",
            Events.From("shipment.shipped", $"SH-{i}",
                new { tracking = $"T-{i}", carrier = "ups", lines = new[] { new { line = "1", quantity = 5 } } })),
        ("ups", Events.From("shipment.picked-up", $"T-{i}", new { })),
        ("ups", Events.From("shipment.delivered", $"T-{i}", new { })),
    ];

    /// <summary>Like the engine's loops: repeats after a database error, until nothing is due for any worker.</summary>
    private static async Task WorkAsync(EngineTestHost room)
    {
        var worker = room.Worker;
        for (var idle = 0; idle < 5;)
        {
            var result = await worker.RunCycleAsync();
            var waits = await room.ReadAsync(db => WaitingMessage.From(db).AnyAsync());
            idle = result.Claimed == 0 && !waits ? idle + 1 : 0;
        }
    }
}
