using Bunit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Transactions.Detail;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace ControlTower.Web.Tests.Transactions;

/// <summary>One transaction's page: its states, its texts, its actions.</summary>
public sealed class TransactionPageTests : IAsyncDisposable
{
    private static readonly HoldItem Hold = new(
        7, "billing:SH-1", "billing", "invoice", "POD_MISSING", "Waiting for proof of delivery", "SO-1", "SH-1", 1234.5m, "USD",
        PageHost.Now.AddDays(-3), null,
        [
            new(Milestones.GoodsIssuePosted, "Goods issue of SH-1", true, PageHost.Now, "erp", null),
            new(Milestones.DeliveryPod, "Proof of delivery for shipment SH-1", false, null, null, null),
        ]);

    private readonly PageHost _stage = new();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public void A_loading_page_shows_a_skeleton()
    {
        _stage.Lives.FindAsync(default!, default!, default).ReturnsForAnyArgs(new TaskCompletionSource<TransactionDetail?>().Task);

        Show().Find("[role=status].skeleton").TextContent.ShouldContain("Loading the transaction");
    }

    [Fact]
    public void An_unknown_transaction_is_not_found()
    {
        Show("erp:SO-9").Markup.ShouldContain("There is no transaction erp:SO-9");
    }

    [Fact]
    public void A_failure_is_shown_and_retry_reads_again()
    {
        _stage.Lives.FindAsync(default!, default!, default)
            .ReturnsForAnyArgs(_ => throw new TimeoutException(), _ => Task.FromResult<TransactionDetail?>(PageHost.Detail()));
        var page = Show();

        page.Find("[role=alert] button").Click();

        page.FindAll("[role=alert]").ShouldBeEmpty();
        page.Find("h1").TextContent.ShouldBe("SO-1");
    }

    [Fact]
    public void A_system_whose_figures_differ_is_marked()
    {
        var view = new OrderView();
        view.TruthTable.Add(new("erp", Roles.Erp, Milestones.OrderAccepted, Measures.Ordered, 20, 1234.5m, PageHost.Now, false));
        view.TruthTable.Add(new("wms", Roles.Wms, Milestones.ShipmentShipped, Measures.Shipped, 18, null, PageHost.Now, true));
        Returns(PageHost.Detail(view));

        var page = Show();

        page.FindAll(".truth-column").Count.ShouldBe(4);
        page.Find(".truth-column.differs").TextContent.ShouldContain("Differs from the others");
        page.Find(".truth-column.differs").TextContent.ShouldContain("18 pieces shipped");
        page.FindAll(".truth-column")[0].TextContent.ShouldContain("20 pieces ordered");
        page.FindAll(".truth-column")[3].TextContent.ShouldContain("Nothing heard yet");
    }

    [Fact]
    public void A_refusal_is_shown_until_the_command_is_sent_again()
    {
        var refused = Release("release-fulfilment:SO-1:E1/1", 7, CommandState.Rejected) with
            { ErrorCode = "TAX_CLASS", ErrorDetail = "Tax class X9 is unknown." };
        Returns(PageHost.Detail() with { Commands = [refused] });

        var wms = Show().FindAll(".truth-column")[1];

        wms.TextContent.ShouldContain("Refused: Release to the warehouse");
        wms.TextContent.ShouldContain("Tax class X9 is unknown.");
        wms.TextContent.ShouldNotContain("Nothing heard yet");

        Returns(PageHost.Detail() with { Commands = [refused, Release("release-fulfilment:SO-1:E1/2", 8, CommandState.Accepted)] });

        Show().FindAll(".truth-column")[1].TextContent.ShouldContain("Nothing heard yet");
    }

    [Fact]
    public void A_hold_lists_its_evidence_and_offers_the_release_when_it_is_possible()
    {
        Returns(PageHost.Detail(null, Hold) with { Actions = [new(PossibleActions.RequestRelease, "Ask", "SH-1", true, null)] });

        var page = Show();

        page.Find(".hold h3").TextContent.ShouldBe("Waiting for proof of delivery");
        page.Find(".evidence .tone-bad").TextContent.ShouldContain("Proof of delivery for shipment SH-1");
        page.Find(".evidence .tone-bad").TextContent.ShouldContain("missing");
        page.Find(".ask button").TextContent.ShouldContain("Ask for the release of 1,234.50 USD");
    }

    [Fact]
    public void A_release_that_is_not_possible_shows_why()
    {
        Returns(PageHost.Detail(null, Hold) with
            { Actions = [new(PossibleActions.RequestRelease, "Ask", "SH-1", false, "This account only reads.")] });

        var page = Show();

        page.FindAll(".ask").ShouldBeEmpty();
        page.Find(".why-not").TextContent.ShouldContain("This account only reads.");
    }

    [Fact]
    public void Nothing_held_is_a_success()
    {
        Returns(PageHost.Detail());

        Show().Find(".nothing").TextContent.ShouldContain("Nothing is held.");
    }

    [Fact]
    public void A_payload_is_one_click_away()
    {
        var payload = System.Text.Json.JsonSerializer.SerializeToElement(new { id = "e-1" });
        _stage.Lives.EventAsync(default!, default, default!, default).ReturnsForAnyArgs(
            new EventPayload(
                5, "tower.delivery.pod.v1", "dhl", "urn:dhl", "e-1", Core.Persistence.Inbox.InboxState.Applied, payload, payload));
        Returns(PageHost.Detail() with
            { Events = [new(5, Milestones.DeliveryPod, "dhl", "1Z9", 1, PageHost.Now, PageHost.Now, false, false, "e-1")] });
        var page = Show("erp:SO-1", "?tab=events");
        page.FindAll("pre").ShouldBeEmpty();

        page.Find("button.show").Click();

        page.Markup.ShouldContain("Proof of delivery");
        page.FindAll("pre").Count.ShouldBe(2);
        page.Find("pre").TextContent.ShouldContain("\"id\": \"e-1\"");
    }

    [Fact]
    public void A_tab_counts_what_it_shows_as_soon_as_it_changes()
    {
        Returns(PageHost.Detail());
        var page = Show();
        page.FindAll("[role=tab]").Select(tab => tab.TextContent.Trim()).ShouldContain("Events 0");
        Returns(PageHost.Detail() with
            { Events = [new(5, Milestones.DeliveryPod, "dhl", "1Z9", 1, PageHost.Now, PageHost.Now, false, false, "e-1")] });

        _stage.Feed.Announce(new Change([1], []));

        page.WaitForAssertion(() => page.FindAll("[role=tab]").Select(tab => tab.TextContent.Trim()).ShouldContain("Events 1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?tab=events")]
    [InlineData("?tab=audit")]
    public async Task A_page_that_is_left_changes_no_address(string query)
    {
        Returns(PageHost.Detail());
        Show("erp:SO-1", query);
        var navigation = _stage.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/exceptions");

        await _stage.DisposeComponentsAsync();

        navigation.Uri.ShouldEndWith("/exceptions");
    }

    [Fact]
    public void The_api_has_its_fields_at_the_top_level()
    {
        var json = System.Text.Json.JsonSerializer.SerializeToElement(PageHost.Detail(null, Hold), ControlTower.Web.Api.ApiJson.Options);

        json.GetProperty("key").GetString().ShouldBe("erp:SO-1");
        json.GetProperty("stage").GetString().ShouldBe("shipped");
        json.GetProperty("sites")[0].GetString().ShouldBe("EAST");
        json.GetProperty("holds")[0].GetProperty("evidence").GetArrayLength().ShouldBe(2);
        json.GetProperty("state").GetProperty("lines").GetArrayLength().ShouldBe(0);
        json.TryGetProperty("view", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_slash_in_a_number_stays_in_the_number()
    {
        Show("erp:SO%2F7");

        _stage.Lives.Received().FindAsync("erp:SO/7", PageHost.Supervisor, Arg.Any<CancellationToken>());
    }

    private void Returns(TransactionDetail detail) => _stage.Lives.FindAsync(default!, default!, default).ReturnsForAnyArgs(detail);

    private IRenderedComponent<TransactionPage> Show(string key = "erp:SO-1", string query = "")
    {
        _stage.Services.GetRequiredService<NavigationManager>().NavigateTo($"/transactions/{Uri.EscapeDataString(key)}{query}");
        return _stage.Render<TransactionPage>(parameters => parameters.Add(page => page.Key, key));
    }

    private static CommandItem Release(string key, long id, CommandState state) =>
        new(id, key, CommandKinds.ReleaseFulfilment, "wms", "E1", state, null, null, PageHost.Now, PageHost.Now, PageHost.Now, null,
            null, null, []);
}
