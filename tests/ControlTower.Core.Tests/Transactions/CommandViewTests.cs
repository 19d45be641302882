using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>The commands of an order with their outcomes.</summary>
public class CommandViewTests
{
    [Fact]
    public void Commands_are_listed_by_series_and_in_the_order_of_their_numbers()
    {
        var story = new Story().OneLine().Accepted("release-fulfilment", "WH1", number: 10).Accepted("release-fulfilment", "WH1", number: 9)
            .Rejected("create-invoice", "SH-1", number: 11).Absent("post-goods-issue", "SH-1");

        story.View.Commands.Select(command => (command.Key, command.Outcome)).ShouldBe([
            ("create-invoice:SO-1:SH-1/11", CommandOutcome.Rejected),
            ("post-goods-issue:SO-1:SH-1/1", CommandOutcome.Absent),
            ("release-fulfilment:SO-1:WH1/9", CommandOutcome.Accepted),
            ("release-fulfilment:SO-1:WH1/10", CommandOutcome.Accepted),
        ]);
    }

    [Fact]
    public void A_command_that_was_accepted_after_it_was_found_absent_is_accepted() =>
        new Story().OneLine().Absent("release-fulfilment", "WH1").Accepted("release-fulfilment", "WH1", "FO-1")
            .View.Commands.Single().Outcome.ShouldBe(CommandOutcome.Accepted);
}
