using ControlTower.Core.Connectors;
using ControlTower.Core.Engine;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ControlTower.EndToEnd.Tests.Outbox;

public sealed partial class EagerDispatchTests
{
    /// <summary>Starts the node and waits until its queues have found nothing waiting.</summary>
    private async Task StartAsync(int before = 1)
    {
        await _room.StartAsync();
        await WarmAsync(_room, before, "FIRST");
        await _room.WantAsync("billing", prefix: "BILL");
        await _room.SettleAsync("billing", CommandState.Accepted, 1);
        await HasPlacesAsync(_room, "billing");
    }

    private async Task WarmAsync(OutboxTestHost node, int count, string prefix)
    {
        var so = await _room.ReadAsync(db => db.Commands.CountAsync(c => c.Connector == "wms"));
        await node.WantAsync("wms", count, prefix: prefix);
        await _room.SettleAsync("wms", CommandState.Accepted, so + count);
        await HasPlacesAsync(node, "wms");
    }

    /// <summary>
    /// Waits until the queue has capacity: the claim that finds it empty comes after the last answer.
    /// </summary>
    private static async Task HasPlacesAsync(OutboxTestHost node, string connector)
    {
        var channel = (await node.Get<ConnectorRegistry>().FindAsync(connector))!.Channel!;
        var dispatcher = node.Get<Dispatcher>();
        await Eventually.AsyncIs(
            () =>
            {
                using var reservation = dispatcher.Reserve(connector, channel, 1);
                return Task.FromResult(reservation.Left == 1);
            },
            () => $"The line to {connector} is never found empty.");
    }

    /// <summary>Decides this many new orders in one cycle of the node's engine.</summary>
    private Task DecideAsync(OutboxTestHost node, int orders) =>
        SayAsync(node, "erp", [.. Enumerable.Range(0, orders).Select(_ => Events.Order($"D-{++_orders}"))]);

    private static async Task SayAsync(OutboxTestHost node, string connector, params string[] events)
    {
        await node.Get<InboxAcceptor>().AcceptAsync(connector, [.. events.Select(EngineTestHost.Incoming)]);
        await node.Get<EngineWorker>().RunUntilQuietAsync();
    }

    private int Released(string order) =>
        _partner.Effects.Count(key => key.StartsWith($"{CommandKinds.ReleaseFulfilment}:{order}", StringComparison.Ordinal));

    /// <summary>The releases of the orders that were decided here, with the first attempt of each.</summary>
    private Task<List<(OutboxCommand Command, CommandAttempt? First)>> ReleasesAsync() => _room.ReadAsync(async db =>
    {
        var commands = await db.Commands.AsNoTracking()
            .Where(c => c.Connector == "wms" && c.Document.StartsWith("D-"))
            .OrderBy(c => c.Id)
            .ToListAsync();
        var attempts = await db.Attempts.AsNoTracking().Where(a => a.Number == 1).ToDictionaryAsync(a => a.CommandId);
        return commands.OrderBy(c => c.CreatedAt).Select(c => (c, attempts.GetValueOrDefault(c.Id))).ToList();
    });

    /// <summary>Blocks requests until it is opened.</summary>
    private sealed class Latch : IDisposable
    {
        private readonly TaskCompletionSource<Action<HttpContext>?> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<bool> WaitAsync(HttpContext context, int number)
        {
            var answer = await _opened.Task.WaitAsync(context.RequestAborted);
            answer?.Invoke(context);
            return answer is not null;
        }

        public void Open(Action<HttpContext>? answer = null) => _opened.TrySetResult(answer);

        public void Dispose() => Open();
    }

    /// <summary>A node whose process ends right after the commit.</summary>
    private sealed class CrashingDispatch(IEagerDispatch inner) : IEagerDispatch
    {
        public async Task<IEagerBatch> PrepareAsync(CycleContext cycle, CancellationToken cancellation) =>
            new Silent(await inner.PrepareAsync(cycle, cancellation));

        private sealed class Silent(IEagerBatch inner) : IEagerBatch
        {
            public void Dispatch()
            {
            }

            public void Dispose() => inner.Dispose();
        }
    }
}
