using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Engine;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Policies;

namespace ControlTower.Core.Tests.Outbox;

public class SendOrderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly PacePolicy Pace = new() { UrgentWithinHours = 24, NormalWaitsMinutes = 15, BulkWaitsMinutes = 60 };

    [Theory]
    [InlineData(48, CommandPriority.Normal, CommandPriority.Normal)]
    [InlineData(23, CommandPriority.Normal, CommandPriority.Urgent)]
    [InlineData(23, CommandPriority.Bulk, CommandPriority.Urgent)]
    [InlineData(-5, CommandPriority.Normal, CommandPriority.Urgent)]
    [InlineData(null, CommandPriority.Bulk, CommandPriority.Bulk)]
    [InlineData(48, CommandPriority.Urgent, CommandPriority.Urgent)]
    public void A_near_cut_off_makes_a_command_urgent(int? hoursLeft, CommandPriority asked, CommandPriority expected) =>
        DispatchPriority.PriorityOf(Wanted(asked, hoursLeft is { } hours ? Now.AddHours(hours) : null), Pace, Now).ShouldBe(expected);

    [Fact]
    public void Nothing_waits_longer_than_the_delay_of_its_class()
    {
        var bulk = DispatchPriority.RankAt(CommandPriority.Bulk, Pace, Now);

        for (var minute = 0; minute <= 240; minute++)
        {
            var urgent = DispatchPriority.RankAt(CommandPriority.Urgent, Pace, Now.AddMinutes(minute));
            (urgent < bulk).ShouldBe(minute < Pace.BulkWaitsMinutes);
        }
    }

    [Fact]
    public void Within_a_class_commands_are_sent_in_the_order_in_which_they_were_made()
    {
        foreach (var lane in Enum.GetValues<CommandPriority>())
        {
            DispatchPriority.RankAt(lane, Pace, Now).ShouldBeLessThan(DispatchPriority.RankAt(lane, Pace, Now.AddMilliseconds(1)));
        }
    }

    [Fact]
    public void The_end_of_a_window_is_the_same_for_all_commands_made_within_it()
    {
        var pace = new PacePolicy { GatherMilliseconds = new Dictionary<string, int> { [CommandKinds.PostInvoice] = 200 } };

        var due = Enumerable.Range(0, 8)
            .Select(i => DispatchPriority.DueAt(CommandKinds.PostInvoice, pace, Now.AddMilliseconds(i * 50)))
            .Distinct();

        due.ShouldBe([Now.AddMilliseconds(200), Now.AddMilliseconds(400)]);
        DispatchPriority.DueAt(CommandKinds.CreateInvoice, pace, Now).ShouldBe(Now);
    }

    private static WantedCommand Wanted(CommandPriority priority, DateTimeOffset? cutOff) =>
        new(CommandKinds.ReleaseFulfilment, "SO-1", "S1", "wms", "S1", "1000", CommandMode.Send, "{}", "hash", null, null, priority)
            { CutOff = cutOff };
}
