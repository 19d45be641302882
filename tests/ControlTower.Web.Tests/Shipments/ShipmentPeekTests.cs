using Bunit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Web.Features.Shipments;
using ControlTower.Web.Features.Shipments.Peek;
using ControlTower.Web.Tests.Transactions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using NSubstitute;

namespace ControlTower.Web.Tests.Shipments;

/// <summary>The drawer: what it shows, the focus, and having the connector asked.</summary>
public sealed class ShipmentPeekTests : IAsyncDisposable
{
    private static readonly AskAgain Parcels = new("parcels", null);

    private readonly ShipmentPageHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void A_click_on_a_row_opens_its_drawer_and_the_address_keeps_it()
    {
        var page = Opened(Parcels, "?list=silent", click: true);

        _host.Address.ShouldBe("/shipments?list=silent&peek=erp%3ASO-1");
        page.Find("#peek-title").TextContent.ShouldBe("Shipments of SO-1");
        page.Find("tr.selected").TextContent.ShouldContain("SO-1");
    }

    [Fact]
    public void The_drawer_shows_milestones_parcels_the_case_and_a_link_to_the_transaction()
    {
        var drawer = Opened(Parcels).Find("section.peek");

        drawer.QuerySelector(".way")!.TextContent.ShouldContain("Picked up by the carrier");
        drawer.TextContent.ShouldContain("P-7");
        drawer.QuerySelector("a[href='exceptions/9']")!.TextContent.ShouldBe("Nothing was heard of shipment SH-1.");
        drawer.QuerySelector("a[href='/transactions/erp%3ASO-1']").ShouldNotBeNull();
    }

    [Fact]
    public void The_drawer_takes_the_focus_and_Escape_gives_it_back_to_the_row()
    {
        _host.Returns(ShipmentPageHost.Row("SO-2", 2), ShipmentPageHost.Row("SO-1"));
        _host.Peeks(Parcels);
        var page = _host.Show("?list=silent");
        var link = page.FindAll("tbody a.strong")[1].GetAttribute("blazor:elementReference");
        page.FindAll("tbody tr")[1].Click();
        _host.Host.JSInterop.VerifyFocusAsyncInvoke().Arguments[0].ShouldBeElementReferenceTo(page.Find("#peek-title"));

        page.Find("section.peek").KeyDown(new KeyboardEventArgs { Key = "Escape" });

        _host.Address.ShouldBe("/shipments?list=silent");
        page.FindAll("section.peek").ShouldBeEmpty();
        var focused = _host.Host.JSInterop.VerifyFocusAsyncInvoke(2)[1].Arguments[0];
        focused.ShouldBeOfType<ElementReference>().Id.ShouldBe(link);
    }

    [Fact]
    public void An_order_that_is_not_there_or_not_theirs_is_not_found()
    {
        _host.Returns(ShipmentPageHost.Row("SO-1"));

        _host.Show("?peek=erp:SO-9").Find("section.peek").TextContent.ShouldContain("There is no such order");
    }

    [Fact]
    public void Ask_again_polls_the_connector_and_says_so()
    {
        var page = Opened(Parcels);

        AskButton(page)!.Click();

        _host.Desk.Received(1).PollAsync("parcels", PageHost.Supervisor);
        page.WaitForAssertion(() => _host.ToastTexts.ShouldBe(["parcels is being asked; what it reports appears here."]));
    }

    [Fact]
    public void A_refused_request_shows_the_refusal()
    {
        _host.Desk.PollAsync(default!, default!).ReturnsForAnyArgs(Refusal.Conflict("parcels pushes its facts; it is not polled."));
        var page = Opened(Parcels);

        AskButton(page)!.Click();

        page.WaitForAssertion(() => _host.ToastTexts.ShouldBe(["parcels pushes its facts; it is not polled."]));
    }

    [Fact]
    public void Where_nobody_can_be_asked_the_reason_takes_the_buttons_place()
    {
        var page = Opened(new AskAgain("tms", "tms is paused; it is not asked until it is resumed."));

        AskButton(page).ShouldBeNull();
        page.Find(".why").TextContent.ShouldContain("tms is paused");
    }

    [Theory]
    [InlineData(TowerRoles.IntegrationOperator, true, false, null)]
    [InlineData(TowerRoles.LogisticsCoordinator, true, false, null)]
    [InlineData(TowerRoles.WarehouseSupervisor, true, false, "Only an integration operator or an administrator")]
    [InlineData(TowerRoles.IntegrationOperator, false, false, "sends its reports by itself")]
    [InlineData(TowerRoles.IntegrationOperator, true, true, "is paused")]
    public void Only_a_connector_that_is_polled_is_asked_and_only_by_who_may_poll(string role, bool polled, bool paused, string? whyNot)
    {
        var ask = ShipmentPeeks.Ask(
            Silent(), ["parcels"], new Dictionary<string, PolledConnector> { ["parcels"] = new("parcels", Roles.Carrier, polled, paused) },
            PageHost.Supervisor with { Roles = [role] });

        ask.Connector.ShouldBe("parcels");
        (ask.WhyNot ?? "").ShouldContain(whyNot ?? "");
        (ask.WhyNot is null).ShouldBe(whyNot is null);
    }

    [Fact]
    public void The_connector_that_reported_last_is_asked_else_those_that_report_the_sites_road()
    {
        var topology = SystemTopology.Empty with
        {
            Connectors =
            [
                Profile("tms", Roles.Tms), Profile("parcels", Roles.Carrier), Profile("west", Roles.Carrier, "WEST"),
                Profile("wms", Roles.Wms),
            ],
        };
        var shipment = Silent();

        ReportingConnectors.For(shipment, "1000", topology).ShouldBe(["parcels", "tms"]);
        shipment.Milestones.Add(new MilestoneView(Milestones.ShipmentPickedUp, PageHost.Now, "tms", "e-1", "SH-1", false));
        shipment.Milestones.Add(new MilestoneView(Milestones.ShipmentShipped, PageHost.Now.AddDays(1), "wms", "e-2", "SH-1", false));
        ReportingConnectors.For(shipment, "1000", topology).ShouldBe(["tms"]);
    }

    private static ShipmentView Silent() => new() { System = "wms", Number = "SH-1", Site = "EAST" };

    private static ConnectorProfile Profile(string name, string role, params string[] sites) =>
        new(name, "open", role, sites, [], [Milestones.ShipmentDelivered], false);

    private static AngleSharp.Dom.IElement? AskButton(IRenderedComponent<ShipmentsPage> page) =>
        page.FindAll("section.peek button").SingleOrDefault(button => button.TextContent.Contains("Ask again", StringComparison.Ordinal));

    private IRenderedComponent<ShipmentsPage> Opened(AskAgain ask, string query = "", bool click = false)
    {
        _host.Returns(ShipmentPageHost.Row("SO-1", 1, ShipmentPageHost.Shipment("SH-1")));
        _host.Peeks(ask);
        if (!click)
        {
            return _host.Show(query + (query.Length == 0 ? "?" : "&") + "peek=erp:SO-1");
        }

        var page = _host.Show(query);
        page.Find("tbody tr").Click();
        return page;
    }
}
