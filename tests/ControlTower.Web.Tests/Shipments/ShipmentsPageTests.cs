using AngleSharp.Dom;
using Bunit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Web.Features.Shipments;
using ControlTower.Web.Tests.Transactions;
using Microsoft.AspNetCore.Components.Web;
using NSubstitute;

namespace ControlTower.Web.Tests.Shipments;

/// <summary>The lists: their four states, counts, filters, and that rows do not move while one is hovered.</summary>
public sealed class ShipmentsPageTests : IAsyncDisposable
{
    private readonly ShipmentPageHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void A_loading_list_shows_a_skeleton()
    {
        _host.Lists.ListAsync(default!, default!, default, default, default)
            .ReturnsForAnyArgs(new TaskCompletionSource<ShipmentPage>().Task);

        _host.Show().Find("[role=status].skeleton").TextContent.ShouldContain("Loading the shipments");
    }

    [Fact]
    public void A_failure_is_shown_and_retry_reads_again()
    {
        _host.Lists.ListAsync(default!, default!, default, default, default).ReturnsForAnyArgs(
            _ => throw new TimeoutException(), _ => Task.FromResult(new ShipmentPage([ShipmentPageHost.Row("SO-1")], null, null)));
        var page = _host.Show();
        page.Find("[role=alert]").TextContent.ShouldContain("could not be read");

        page.Find("[role=alert] button").Click();

        page.FindAll("[role=alert]").ShouldBeEmpty();
        page.Markup.ShouldContain("SO-1");
    }

    [Theory]
    [InlineData("", "Nothing is on its way")]
    [InlineData("?list=late", "Nothing is late")]
    [InlineData("?list=late&carrier=UPS", "No shipment is like that")]
    public void An_empty_list_explains_what_its_emptiness_means(string query, string title)
    {
        _host.Returns();

        _host.Show(query).Find(".empty h2").TextContent.ShouldBe(title);
    }

    [Fact]
    public void A_row_shows_the_shipment_its_promise_estimate_and_state()
    {
        var row = ShipmentPageHost.Row("SO-1", 1, ShipmentPageHost.Shipment("SH-1"), ShipmentPageHost.Shipment("SH-2"));
        _host.Returns(row with { AtRisk = true });

        var cells = _host.Show().FindAll("tbody td").Select(cell => Text(cell)).ToList();

        cells.Count.ShouldBe(11);
        cells[0].ShouldBe("SH-1and 1 more");
        cells[1..6].ShouldBe(["SO-1", "Acme", "DHL", "1Z-1", "EAST"]);
        cells[6].ShouldBe("At risk, 4 Mar 13:00 UTC+1");
        cells[7].ShouldBe("3 Mar 13:00 UTC+1");
        cells[9].ShouldBe("On its way");
    }

    [Fact]
    public void An_order_without_a_shipment_shows_its_stage()
    {
        _host.Returns(ShipmentPageHost.Row("SO-1") with { Stage = TransactionStage.Picked, Late = true });

        var cells = _host.Show("?list=late").FindAll("tbody td").Select(cell => Text(cell)).ToList();

        (cells[0], cells[9]).ShouldBe(("Not built", "Picked"));
    }

    [Fact]
    public void Each_count_opens_the_list_that_it_counts_under_the_same_filter()
    {
        _host.Returns();
        _host.Counted[ShipmentList.Late] = 12;
        _host.Counted[ShipmentList.WithoutProof] = ShipmentCounts.Most + 1;

        var tabs = _host.Show("?list=silent&carrier=DHL").FindAll("nav.tabs a");

        tabs.Select(tab => Text(tab)).ShouldBe(
        [
            "Late now 12 orders", "At risk 0 orders", "Silent 0 orders", "Delivered without proof 2500+ orders",
            "Without tracking 0 orders", "All on their way 0 orders",
        ]);
        tabs[0].GetAttribute("href").ShouldBe("/shipments?list=late&carrier=DHL");
        tabs[5].GetAttribute("href").ShouldBe("/shipments?carrier=DHL");
        tabs[2].GetAttribute("aria-current").ShouldBe("page");
        _host.Lists.Received().CountsAsync(
            new ShipmentFilter(ShipmentList.Silent, null, "DHL"), PageHost.Supervisor, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void The_filter_is_read_from_the_address()
    {
        _host.Returns();

        _host.Show("?list=withoutTracking&search=%201Z9%20&carrier=DHL&site=EAST&region=Europe");

        _host.Lists.Received().ListAsync(
            new ShipmentFilter(ShipmentList.WithoutTracking, "1Z9", "DHL", "EAST", "Europe"), PageHost.Supervisor, null, Arg.Any<int>(),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public void The_range_of_promises_and_the_order_are_read_from_the_address()
    {
        _host.Returns();

        _host.Show("?list=late&from=2026-03-01&sort=latest");

        _host.Lists.Received().ListAsync(
            new ShipmentFilter(ShipmentList.Late, From: new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), Sort: ShipmentSort.Latest),
            PageHost.Supervisor, null, Arg.Any<int>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public void The_order_of_a_list_of_its_own_is_not_named_in_its_address()
    {
        _host.Returns();
        var page = _host.Show("?list=late&sort=latest");

        page.FindAll("nav.tabs a")[5].GetAttribute("href").ShouldBe("/shipments");
        page.FindAll("select")[^1].Change("promise");

        _host.Address.ShouldBe("/shipments?list=late");
    }

    [Fact]
    public void The_list_has_the_count_of_its_tab()
    {
        _host.Counted[ShipmentList.Late] = 12;
        _host.Returns(ShipmentPageHost.Row("SO-1"));
        Text(_host.Show("?list=late").Find(".totals")).ShouldBe("12 orders");

        _host.Counted[ShipmentList.Late] = ShipmentCounts.Most + 1;
        Text(_host.Show("?list=late&carrier=DHL").Find(".totals")).ShouldBe("More than 2,500 orders");
    }

    [Fact]
    public void Choosing_a_carrier_narrows_the_list_and_its_address()
    {
        _host.Returns();
        var page = _host.Show("?list=late");

        page.FindAll("select")[0].Change("UPS");

        _host.Address.ShouldBe("/shipments?list=late&carrier=UPS");
    }

    [Fact]
    public void An_unknown_list_is_refused_in_a_sentence()
    {
        _host.Returns();

        _host.Show("?list=lost").Find(".error").TextContent.ShouldContain("list is one of onTheirWay, late, atRisk");
    }

    [Fact]
    public void A_change_while_the_list_is_hovered_moves_no_row_and_shows_that_the_list_has_changed()
    {
        _host.Returns(ShipmentPageHost.Row("SO-1"), ShipmentPageHost.Row("SO-2", 2));
        var page = _host.Show();
        page.Find(".list-frame").TriggerEvent("onmouseenter", new MouseEventArgs());
        _host.Returns(ShipmentPageHost.Row("SO-2", 2), ShipmentPageHost.Row("SO-1"));
        _host.Lists.RowsOfAsync(default!, default!, default!, default)
            .ReturnsForAnyArgs([ShipmentPageHost.Row("SO-2", 2) with { Customer = "Zenith" }]);

        _host.Host.Feed.Announce(new Change([2], []));

        page.WaitForAssertion(() => page.Markup.ShouldContain("Zenith"));
        Orders(page).ShouldBe(["SO-1", "SO-2"]);
        page.Find("button.newer").Click();
        page.WaitForAssertion(() => Orders(page).ShouldBe(["SO-2", "SO-1"]));
    }

    private static IEnumerable<string> Orders(IRenderedComponent<ShipmentsPage> page) =>
        page.FindAll("tbody td:nth-child(2) a").Select(link => link.TextContent);

    private static string Text(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
