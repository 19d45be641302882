using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Tests.Open;
using ControlTower.Integrations.Tryton;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tests.Tryton;

/// <summary>A Tryton that bills its sales itself, and has not billed this shipment.</summary>
public sealed class BillingByTrytonTests
{
    [Fact]
    public async Task Right_after_the_shipment_its_invoice_is_waited_for_and_does_not_count_against_the_connector()
    {
        var results = await SendAsync(TimeProvider.System.GetUtcNow(), times: 20);
        results.ShouldAllBe(result => result.Outcome == SendOutcome.NotSent && result.Code == SendCodes.NotYet);
    }

    [Fact]
    public async Task An_invoice_that_is_not_made_in_time_needs_a_person()
    {
        var result = (await SendAsync(TimeProvider.System.GetUtcNow().AddMinutes(-3), times: 1)).ShouldHaveSingleItem();
        (result.Outcome, result.Code).ShouldBe((SendOutcome.Rejected, "INVOICE_BY_TRYTON"));
        result.Detail.ShouldBe("Tryton bills sale 4 itself (by shipment) and has made no invoice of shipment 4 yet.");
    }

    private static async Task<List<SendResult>> SendAsync(DateTimeOffset shipped, int times)
    {
        await using var partner = await Partner.StartAsync();
        partner.Answer = context => FakeTryton.AnswerAsync(context, result => result
            .Replace("\"invoice_method\":\"manual\"", "\"invoice_method\":\"shipment\"", StringComparison.Ordinal)
            .Replace(FakeTryton.Stamp, RpcValue.Instant(shipped).ToJsonString(), StringComparison.Ordinal));
        var channel = TrytonChannels.To(partner.BaseUrl, Roles.Billing, new PipelineOptions());
        var results = new List<SendResult>();
        for (var time = 0; time < times; time++)
        {
            results.Add(await channel.SendAsync(TrytonChannels.Invoice(), TestContext.Current.CancellationToken));
        }

        return results;
    }
}
