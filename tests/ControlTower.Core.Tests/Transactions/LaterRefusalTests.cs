using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>Which accepted command a target's later refusal undoes.</summary>
public class LaterRefusalTests
{
    [Theory]
    [InlineData("INV-1", 42, 43, CommandOutcome.Accepted)]
    [InlineData("INV-1", 44, 43, CommandOutcome.Failed)]
    [InlineData("INV-2", 42, 43, CommandOutcome.Failed)]
    public void A_refused_invoice_counts_as_made_when_it_was_issued_after_its_refusal(
        string issued, double refusedAt, double issuedAt, CommandOutcome expected)
    {
        var story = Invoices();
        Action[] reports = [() => Refuse(story, refusedAt), () => story.At(issuedAt).Invoiced(issued, "SH-1", 100, 20)];
        foreach (var report in refusedAt < issuedAt ? reports : reports.Reverse())
        {
            report();
        }

        Outcome(story, "create-invoice:SO-1:SH-1/1").ShouldBe(expected);
    }

    [Fact]
    public void A_refusal_undoes_the_command_that_became_its_document()
    {
        var story = Invoices();
        Refuse(story, 42, "INV-2");

        Outcome(story, "create-invoice:SO-1:SH-1/1").ShouldBe(CommandOutcome.Accepted);
        Outcome(story, "create-invoice:SO-1:SH-2/1").ShouldBe(CommandOutcome.Failed);
    }

    [Fact]
    public void A_refusal_under_a_number_of_its_own_undoes_the_command_of_the_document_that_it_names()
    {
        var story = Invoices().At(42)
            .Tell("billing", "invoice.rejected", "REJ-1", new { references = new { order = "SO-1", invoice = "INV-1" }, code = "X" });

        Outcome(story, "create-invoice:SO-1:SH-1/1").ShouldBe(CommandOutcome.Failed);
    }

    [Fact]
    public void A_refusal_undoes_no_command_of_another_kind_whose_document_has_the_same_number()
    {
        var story = new Story().OneLine().Accepted("create-invoice", "SH-1", "77", system: "billing")
            .Accepted("post-invoice", "INV-1", "77", system: "erp")
            .Tell("erp", "posting.rejected", "77", new { references = new { order = "SO-1" }, code = "X" });

        Outcome(story, "create-invoice:SO-1:SH-1/1").ShouldBe(CommandOutcome.Accepted);
        Outcome(story, "post-invoice:SO-1:INV-1/1").ShouldBe(CommandOutcome.Failed);
    }

    [Fact]
    public void A_command_that_already_failed_keeps_its_first_reason()
    {
        var story = Invoices().At(42)
            .Tell("billing", "command.failed", "x", new { key = "create-invoice:SO-1:SH-1/1", code = "LATE", reason = "period closed" });
        Refuse(story, 43);

        var command = Find(story, "create-invoice:SO-1:SH-1/1");
        (command.Outcome, command.Code, command.Reason, command.At)
            .ShouldBe((CommandOutcome.Failed, "LATE", "period closed", StoryFacts.Hour(42)));
    }

    /// <summary>Hours at which two tenders of a shipment were accepted without a number, and of the refusal.</summary>
    [Theory]
    [InlineData(2, 5, 3, 1)]
    [InlineData(2, 5, 6, 2)]
    [InlineData(2, 5, 5, 2)]
    [InlineData(5, 5, 5, 2)]
    public void A_refusal_that_names_only_its_shipment_undoes_the_tender_that_was_the_last_at_that_time(
        double first, double second, double refused, int undone)
    {
        var story = new Story().OneLine().At(first).Accepted("tender-shipment", "SH-1", system: "tms")
            .Accepted("tender-shipment", "SH-2", system: "tms").At(second).Accepted("tender-shipment", "SH-1", number: 2, system: "tms")
            .At(refused).Tell("tms", "shipment.declined", "LD-9", new { references = new { shipment = "SH-1" }, reason = "no truck" });

        story.View.Commands.Where(command => command.Outcome == CommandOutcome.Failed).Select(command => command.Key)
            .ShouldBe([$"tender-shipment:SO-1:SH-1/{undone}"]);
        Find(story, $"tender-shipment:SO-1:SH-1/{undone}").Reason.ShouldBe("no truck");
    }

    private static Story Invoices() => new Story().OneLine().At(41)
        .Accepted("create-invoice", "SH-1", "INV-1", system: "billing").Accepted("create-invoice", "SH-2", "INV-2", system: "billing");

    private static void Refuse(Story story, double hour, string invoice = "INV-1") => story.At(hour)
        .Tell("billing", "invoice.rejected", invoice, new { references = new { order = "SO-1" }, code = "X", reason = "class" });

    private static CommandView Find(Story story, string key) => story.View.Commands.Single(command => command.Key == key);

    private static CommandOutcome Outcome(Story story, string key) => Find(story, key).Outcome;
}
