using System.Net;
using System.Net.Http.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Integrations.Stripe;
using ControlTower.Testing.Vendors;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Vendors;

/// <summary>
/// Orders billed by Stripe, through the tower's own program: its engine, its outbox, its webhooks and its polls. The
/// result is counted in Stripe's books.
/// </summary>
public sealed class StripeOrderTests(StripeFixture room) : IClassFixture<StripeFixture>
{
    private readonly FakeStripe _stripe = room.Stripe;
    private readonly VendorTower _tower = room.Tower;

    [Fact]
    public async Task Shipped_goods_are_invoiced_posted_and_paid_and_each_is_known_once_by_answer_webhook_and_poll()
    {
        var (pushed, polled) = (new OrderScenario("SO-1"), new OrderScenario("SO-2"));
        foreach (var life in new[] { pushed, polled })
        {
            await BillAsync(life);
            await _tower.SayAsync("erp", life.Posted(room.IsInvoicedOnce(life), StripeFixture.Total / 100m));
            await _tower.StageAsync(life.Order, TransactionStage.Posted);
        }

        // One payment is reported by a webhook, twice, before a poll may read it; the other only by the poll.
        var (body, signature) = FakeStripe.Webhook(_stripe.Pay(room.InvoicesOf(pushed)[0]), TimeProvider.System.GetUtcNow());
        var forged = signature[..^1] + (signature[^1] == '0' ? '1' : '0');
        (await _tower.PostAsync("billing", body, StripeSignature.Header, signature)).ShouldBe(HttpStatusCode.OK);
        (await _tower.PostAsync("billing", body, StripeSignature.Header, signature)).ShouldBe(HttpStatusCode.OK);
        (await _tower.PostAsync("billing", body, StripeSignature.Header, forged)).ShouldBe(HttpStatusCode.Unauthorized);
        _stripe.Pay(room.InvoicesOf(polled)[0]);
        await _tower.UntilAsync(
            async db => await db.TransactionEvents.CountAsync(e => e.Milestone == "payment.applied") == 2, "not both payments are known");
        var sweeps = room.Sweeps;
        await _tower.UntilAsync(_ => Task.FromResult(room.Sweeps > sweeps + 1), "Stripe is not polled");

        (await _tower.SaidAsync(pushed.Order, "billing")).ShouldBe(["invoice.issued", "payment.applied"]);
        (await _tower.SaidAsync(polled.Order, "billing")).ShouldBe(["invoice.issued", "payment.applied"]);
        var keys = new[] { pushed, polled }.SelectMany(life => _stripe.PostsOf(life.Order))
            .Select(call => call.Headers["Idempotency-Key"])
            .ToList();
        (keys.Count, keys.Distinct().Count()).ShouldBe((8, 8), "a draft, two lines and a finalisation each");
    }

    [Fact]
    public async Task An_answer_that_is_lost_in_the_middle_leaves_one_invoice()
    {
        (OrderScenario Life, string Where, VendorFailure What)[] losses =
        [
            (new("LOST-1"), "POST /v1/invoices", VendorFailure.LosesAnswer),
            (new("LOST-2"), "POST /v1/invoiceitems", VendorFailure.BreaksOff), (new("LOST-3"), "/finalize", VendorFailure.FailsAfter),
        ];
        foreach (var (life, where, what) in losses)
        {
            _stripe.Arrange(where, what);
            await BillAsync(life);
            room.IsInvoicedOnce(life);
            (await DoubtsAsync(life)).ShouldBe(1, "the loss was doubt, not refusal");
        }
    }

    [Fact]
    public async Task A_tower_killed_during_three_invoices_leaves_one_of_each()
    {
        (OrderScenario Life, string Step)[] under = [
            (new("KILL-1"), "POST /v1/invoices"), (new("KILL-2"), "POST /v1/invoiceitems"), (new("KILL-3"), "/finalize")];
        foreach (var (life, _) in under)
        {
            await life.ShipAsync(_tower);
        }

        foreach (var (life, step) in under)
        {
            var hanging = _stripe.Hanging;
            _stripe.Stick(life.Order, step);
            await _tower.SayAsync("tms", life.PickedUp);
            await _tower.UntilAsync(_ => Task.FromResult(_stripe.Hanging > hanging), $"{life.Order} did not come to {step}");
        }

        await _tower.KillAsync();
        var left = under.Select(one => string.Join('+', room.InvoicesOf(one.Life).Select(invoice => (string)invoice["status"]!))).ToList();
        _stripe.LetGo();
        await _tower.RestartAsync();

        left.ShouldBe(["draft", "draft", "open"]);
        foreach (var (life, _) in under)
        {
            await _tower.PostingAskedAsync(life.Order);
            room.IsInvoicedOnce(life);
        }
    }

    [Fact]
    public async Task A_refused_tax_is_a_case_of_the_tax_team_and_a_replay_bills_once_it_is_corrected()
    {
        var life = new OrderScenario("TAX-1");
        _stripe.RefusesToFinalise = ("customer_tax_location_invalid", "The customer's location isn't recognized.");
        await life.ShipAsync(_tower);
        await _tower.SayAsync("tms", life.PickedUp);

        var refused = await _tower.CaseAsync(ReasonCodes.TaxRejected);
        (refused.Team, refused.State, refused.AmountAtRisk).ShouldBe((Teams.Tax, CaseState.Open, 62.34m));
        refused.Message.ShouldContain("The customer's location isn't recognized.");
        room.InvoicesOf(life).ShouldBeEmpty("what was refused was taken back");

        // Stripe keeps the refusal with its keys; the replay is another command, with keys of its own.
        _stripe.RefusesToFinalise = null;
        using var api = await _tower.ApiAsync("IntegrationOperator");
        (await api.PostAsJsonAsync(new Uri($"api/v1/exceptions/{refused.Id}/replay", UriKind.Relative), new { })).StatusCode
            .ShouldBe(HttpStatusCode.OK);
        await _tower.PostingAskedAsync(life.Order);

        room.IsInvoicedOnce(life);
        await _tower.UntilAsync(db => db.Cases.AnyAsync(c => c.Id == refused.Id && c.State == CaseState.Resolved), "the case stays open");
    }

    /// <summary>Waits until its invoice is issued and its posting was requested from the ERP.</summary>
    private async Task BillAsync(OrderScenario life)
    {
        await life.ShipAsync(_tower);
        await _tower.SayAsync("tms", life.PickedUp, life.Delivered);
        await _tower.PostingAskedAsync(life.Order);
    }

    private Task<int> DoubtsAsync(OrderScenario life) =>
        _tower.ReadAsync(db => db.Attempts.CountAsync(a => a.Outcome == AttemptOutcome.Unknown
        && db.Commands.Any(c => c.Id == a.CommandId && db.Transactions.Any(t => t.Id == c.TransactionId && t.OrderNumber == life.Order))));
}
