using ControlTower.Core.Persistence;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.EndToEnd.Tests.Landscape;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Housekeeping;

/// <summary>Whose turn a job is, by the database's clock.</summary>
public sealed class JobLeaseTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task One_node_has_a_job_and_another_takes_it_over_when_the_first_is_gone()
    {
        await using var room = await EngineTestHost.OpenAsync();
        var leases = room.Get<JobLeases>();

        (await leases.TakeAsync("job", "one", Minute)).ShouldBeTrue();
        (await leases.TakeAsync("job", "two", Minute)).ShouldBeFalse();
        (await leases.TakeAsync("job", "one", Short)).ShouldBeTrue("it prolongs its own");
        await Eventually.AsyncIs(() => leases.TakeAsync("job", "two", Minute), () => "Its time is over, and nobody else gets it.");
        (await leases.TakeAsync("job", "one", Minute)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_node_whose_clock_is_ahead_takes_no_job_from_another()
    {
        await using var room = await EngineTestHost.OpenAsync();
        var leases = room.Get<JobLeases>();
        await leases.TakeAsync("job", "one", Minute);

        room.Clock.Move(TimeSpan.FromHours(1));

        (await leases.TakeAsync("job", "two", Minute)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_job_that_is_given_back_is_free_at_once_and_only_its_owner_gives_it_back()
    {
        await using var room = await EngineTestHost.OpenAsync();
        var leases = room.Get<JobLeases>();
        await leases.TakeAsync("job", "one", Minute);

        await leases.GiveBackAsync("job", "two");
        (await leases.TakeAsync("job", "two", Minute)).ShouldBeFalse();
        await leases.GiveBackAsync("job", "one");

        (await leases.TakeAsync("job", "two", Minute)).ShouldBeTrue();
    }

    [Fact]
    public async Task Work_goes_on_beyond_the_time_of_its_lease_and_keeps_others_out()
    {
        await using var room = await EngineTestHost.OpenAsync();
        var leases = room.Get<JobLeases>();

        var done = await leases.RunAsync("job", "one", Short, async cancellation =>
        {
            var until = await UntilAsync(room);
            await Eventually.AsyncIs(async () => await UntilAsync(room) > until + (2 * Short), () => "It is not renewed.");
            cancellation.IsCancellationRequested.ShouldBeFalse();
            (await leases.RunAsync("job", "two", Short, _ => Task.CompletedTask, CancellationToken.None)).ShouldBeFalse();
        });

        done.ShouldBeTrue();
        (await leases.TakeAsync("job", "two", Minute)).ShouldBeTrue("it is given back");
    }

    [Fact]
    public async Task Work_whose_lease_another_has_is_cancelled()
    {
        await using var room = await EngineTestHost.OpenAsync();
        var leases = room.Get<JobLeases>();

        await Should.ThrowAsync<OperationCanceledException>(() => leases.RunAsync("job", "one", Short, async cancellation =>
        {
            await room.ReadAsync(db => db.JobLeases.ExecuteUpdateAsync(set => set.SetProperty(l => l.Owner, "two")));
            await Task.Delay(Minute, cancellation);
        }));

        (await room.ReadAsync(db => db.JobLeases.Select(l => l.Owner).SingleAsync())).ShouldBe("two");
    }

    private static Task<DateTimeOffset> UntilAsync(EngineTestHost room) =>
        room.ReadAsync(db => db.JobLeases.Select(l => l.Until).SingleAsync());
}
