using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Tests.Outbox;

/// <summary>Whatever becomes of a command, its slot comes back once and its attempt ends once.</summary>
public sealed class SlotReservationTests : IDisposable
{
    private static readonly SendResult Accepted = new(SendOutcome.Accepted);
    private readonly List<AttemptEnded> _ended = [];
    private readonly SendSlots _slots;

    public SlotReservationTests() => _slots = new SendSlots(_ended.Add);

    public void Dispose() => _slots.Dispose();

    [Fact]
    public void Reservation_that_no_command_uses_gives_every_slot_back_once()
    {
        var reservation = _slots.Reserve(3);
        _slots.Taken.ShouldBe(3);

        reservation.Dispose();
        reservation.Dispose();

        _slots.Taken.ShouldBe(0);
    }

    [Fact]
    public void Reservation_used_in_part_keeps_the_slots_of_its_commands()
    {
        SendReservation send;
        using (var reservation = _slots.Reserve(3))
        {
            send = reservation.Assign(Command());
        }

        _slots.Taken.ShouldBe(1);
        send.Dispose();
        _slots.Taken.ShouldBe(0);
    }

    [Fact]
    public void Reservation_without_a_slot_left_takes_no_command()
    {
        using var reservation = _slots.Reserve(1);
        using var first = reservation.Assign(Command());

        Should.Throw<InvalidOperationException>(() => reservation.Assign(Command()));

        _slots.Taken.ShouldBe(1);
    }

    [Fact]
    public void Send_disposed_twice_gives_one_slot_back()
    {
        using var reservation = _slots.Reserve(2);
        var (first, second) = (reservation.Assign(Command()), reservation.Assign(Command()));

        first.Dispose();
        first.Dispose();

        _slots.Taken.ShouldBe(1);
        second.Dispose();
    }

    [Fact]
    public void Send_completed_twice_reports_one_outcome()
    {
        using var send = _slots.Reserve(1).Assign(Command());
        send.Complete(Accepted, UnknownOutcomePolicy.NativeKey);

        Should.Throw<InvalidOperationException>(() => send.Complete(Accepted, UnknownOutcomePolicy.NativeKey));

        _ended.ShouldHaveSingleItem().Result.ShouldBe(Accepted);
    }

    [Fact]
    public void Send_whose_slot_is_given_back_completes_no_more()
    {
        var send = _slots.Reserve(1).Assign(Command());
        send.Dispose();

        Should.Throw<InvalidOperationException>(() => send.Complete(Accepted, UnknownOutcomePolicy.NativeKey));

        _ended.ShouldBeEmpty();
    }

    [Fact]
    public void Send_handed_back_reports_that_nothing_was_sent_and_frees_its_slot()
    {
        var send = _slots.Reserve(1).Assign(Command());

        send.HandBack("This node stops.", TimeSpan.FromSeconds(3));

        var result = _ended.ShouldHaveSingleItem().Result;
        (result.Outcome, result.Code, result.RetryAfter).ShouldBe((SendOutcome.NotSent, SendCodes.HandedBack, TimeSpan.FromSeconds(3)));
        _slots.Taken.ShouldBe(0);
    }

    [Fact]
    public async Task Send_that_throws_while_it_begins_does_not_count_as_starting_for_ever()
    {
        using var send = _slots.Reserve(1).Assign(Command());

        await Should.ThrowAsync<TimeoutException>(send.StartAsync(() => throw new TimeoutException()));

        _slots.Starting.ShouldBe(0);
    }

    [Fact]
    public async Task Slot_that_comes_back_wakes_who_waits_for_one()
    {
        var reservation = _slots.Reserve(1);
        var waiting = _slots.WaitForFreeAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        waiting.IsCompleted.ShouldBeFalse();

        reservation.Dispose();

        await waiting.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private static OutboxCommand Command() => new()
    {
        Kind = CommandKinds.TenderShipment,
        Document = "SO-1",
        Series = "tender-shipment:SO-1:SH-1",
        Key = "tender-shipment:SO-1:SH-1/1",
        Connector = "tms",
        LegalEntity = "1000",
        Body = [],
        ContentHash = "",
        TraceParent = "",
    };
}
