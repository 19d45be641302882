using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors.Streaming;

/// <summary>
/// Makes the intake of a connector's stream; the inserts of all streams, pushes and webhooks are combined in the one
/// acceptor.
/// </summary>
internal sealed class FactIntakes(
    ITowerDb database, InboxAcceptor inbox, UnreadableEvents unreadable, ConnectorActivity activity, EngineSignal engine,
    TowerClocks clocks)
{
    public IFactIntake For(RegisteredConnector connector, Action existing) => new Intake(this, connector, existing);

    private sealed class Intake(FactIntakes room, RegisteredConnector connector, Action existing) : IFactIntake
    {
        public void Current() => existing();

        public Task<AcceptResult> AcceptAsync(IReadOnlyList<StreamedBody> bodies, CancellationToken cancellation) =>
            room.AcceptAsync(connector, bodies, cancellation);
    }

    private async Task<AcceptResult> AcceptAsync(
        RegisteredConnector connector, IReadOnlyList<StreamedBody> bodies, CancellationToken cancellation)
    {
        var (events, broken) = Read(bodies);
        await WaitAsync(connector, bodies.Count, cancellation);
        await KeepUnreadableAsync(connector.Name, broken);
        var result = await KeepAsync(connector.Name, events);
        activity.Received(connector.Name);
        return result;
    }

    private static (List<IncomingEvent> Events, List<(byte[] Body, string Fault)> Broken) Read(IReadOnlyList<StreamedBody> bodies)
    {
        var (events, broken) = (new List<IncomingEvent>(bodies.Count), new List<(byte[], string)>());
        foreach (var body in bodies)
        {
            var error = body.Error;
            if (error is null && EventReading.Read(body.Body, body.TraceParent, out error) is { } incoming)
            {
                events.Add(incoming);
            }
            else
            {
                broken.Add((body.Body, error!));
            }
        }

        return (events, broken);
    }

    private async Task WaitAsync(RegisteredConnector connector, int count, CancellationToken cancellation)
    {
        while (connector.InboundRate is { } rate && !rate.TryTake(count))
        {
            await Task.Delay(rate.Wait(), clocks.System, cancellation);
        }
    }

    private async Task<AcceptResult> KeepAsync(string connector, List<IncomingEvent> events)
    {
        try
        {
            return await inbox.AcceptAsync(connector, events);
        }
        catch (Exception error) when (events.Count > 1 && !TransientErrors.IsTransient(error))
        {
            // One body that cannot be stored must not block the others for ever.
            var (accepted, duplicates) = (0, 0);
            foreach (var one in events)
            {
                var result = await KeepAsync(connector, [one]);
                (accepted, duplicates) = (accepted + result.Accepted, duplicates + result.Duplicates);
            }

            return new AcceptResult(accepted, duplicates);
        }
        catch (Exception error) when (events.Count == 1 && !TransientErrors.IsTransient(error))
        {
            await KeepUnreadableAsync(connector, [(events[0].Payload, $"The tower could not keep it: {error.GetBaseException().Message}")]);
            return new AcceptResult(1, 0);
        }
    }

    private async Task KeepUnreadableAsync(string connector, List<(byte[] Body, string Fault)> broken)
    {
        if (broken.Count == 0)
        {
            return;
        }

        await using var db = await database.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await unreadable.OpenAsync(db, broken.ConvertAll(one => (connector, one.Body, one.Fault)), CancellationToken.None);
        await transaction.CommitAsync();
        engine.Raise();
    }
}
