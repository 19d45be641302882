using ControlTower.Core.Engine;
using ControlTower.Core.Kernel;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.EndToEnd.Tests.Connectors;
using ControlTower.EndToEnd.Tests.Landscape;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>
/// The outbox's half of the crash-point sweep; the engine's is in <c>Engine/CrashTests</c>. A sender dies before or
/// after each of its steps and another takes over. The target's books, the commands, the outcomes and the orders end as
/// in the run without a death.
/// </summary>
public sealed class CrashPointTests
{
    /// <summary>The steps of <see cref="CrashingSender"/>, in the order in which a command passes them.</summary>
    public static TheoryData<string> Points => [.. CrashingSender.Steps];

    private static readonly Lazy<Task<string>> Expected = new(() => RunAsync(point: null));

    [Theory]
    [MemberData(nameof(Points))]
    public async Task After_a_death_at_this_point_the_end_is_the_same_as_without_one(string point)
    {
        var end = await RunAsync(point);

        end.ShouldBe(await Expected.Value);
    }

    private static async Task<string> RunAsync(string? point)
    {
        await using var partner = await BookkeepingPartner.StartAsync();
        await using var room = await OutboxTestHost.OpenAsync();
        await room.RegisterAsync("wms", Roles.Wms, partner.BaseUrl);
        var keys = await room.WantAsync("wms", 2);

        // One of the two was decided under another policy version: it is revalidated.
        await room.ReadAsync(db =>
            db.Commands.Where(c => c.Key == keys[1]).ExecuteUpdateAsync(set => set.SetProperty(c => c.PolicyVersion, 0)));
        await SendAsync(room, partner, point);
        await FinishAsync(room);
        return await PictureAsync(room, partner);
    }

    private static async Task SendAsync(OutboxTestHost room, BookkeepingPartner partner, string? point)
    {
        var death = new CrashPoint(point);
        partner.After = (context, _) =>
        {
            if (death.IsDue(CrashingSender.AfterEffect))
            {
                context.Abort();
                return Task.FromResult(true);
            }

            return Task.FromResult(false);
        };
        await using (var mortal = room.Beside(services => CrashingSender.Replace(services, room.ConnectionString, death)))
        {
            await mortal.StartAsync();
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            while (!death.Happened && !await AllAreAsync(room, CommandState.Accepted))
            {
                await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }

        death.Happened.ShouldBe(point is not null, "the point was never passed");
        partner.After = (_, _) => Task.FromResult(false);
    }

    /// <summary>Another sender takes over what the dead one held.</summary>
    private static async Task FinishAsync(OutboxTestHost room)
    {
        await room.ReadAsync(db => db.Commands.Where(c => c.State == CommandState.Sending)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.LeaseUntil, c => c.LeaseUntil!.Value.AddMinutes(-1))));
        await room.Get<OutcomeLookupWorker>().SweepNowAsync(default);
        await room.StartAsync();
        await Eventually.AsyncIs(() => AllAreAsync(room, CommandState.Accepted), () => "What the dead sender left was not finished.");
        await room.Get<EngineWorker>().RunUntilQuietAsync();
    }

    private static Task<bool> AllAreAsync(OutboxTestHost room, CommandState state) =>
        room.ReadAsync(db => db.Commands.AllAsync(c => c.State == state));

    private static async Task<string> PictureAsync(OutboxTestHost room, BookkeepingPartner partner)
    {
        await using var db = room.Tower.CreateDbContext();
        await CountedHours.AgreeAsync(db);
        var books = partner.Books;
        var commands = await room.ReadAsync(db => db.Commands.OrderBy(c => c.Key).ToListAsync());
        var outcomes = await room.ReadAsync(db =>
            db.Inbox.OrderBy(m => m.Type).ThenBy(m => m.Subject).Select(m => $"{m.Type} {m.Subject} {m.State}").ToListAsync());
        var open = await room.ReadAsync(db => db.Attempts.CountAsync(a => a.Outcome == AttemptOutcome.UnderWay));
        var orders = await room.ReadAsync(db =>
            db.Transactions.OrderBy(t => t.Key).Select(t => $"{t.Key} {t.Stage} {t.Health}").ToListAsync());
        return string.Join('\n',
        [
            .. books.Keys.Order(StringComparer.Ordinal),
            .. commands.Select(c => $"{c.Key} {c.State} {c.ExternalId == books.GetValueOrDefault(c.Key)} {c.LeaseOwner}"),
            .. outcomes,
            .. orders,
            $"{open} attempts open",
        ]);
    }
}
