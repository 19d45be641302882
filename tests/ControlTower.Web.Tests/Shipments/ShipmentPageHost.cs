using Bunit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Web.Features.Connectors.Detail;
using ControlTower.Web.Features.Shipments;
using ControlTower.Web.Features.Shipments.Peek;
using ControlTower.Web.Features.Transactions.Detail;
using ControlTower.Web.Tests.Transactions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using NSubstitute;

namespace ControlTower.Web.Tests.Shipments;

/// <summary>The page of shipments with substitutes for its readers and the connectors' desk.</summary>
internal sealed class ShipmentPageHost : IAsyncDisposable
{
    public ShipmentPageHost()
    {
        Host = new PageHost(add: services =>
        {
            services.AddSingleton(Lists);
            services.AddSingleton(Desk);
        });
        Lists.CountsAsync(default!, default!, default).ReturnsForAnyArgs(new ShipmentCounts(Counted));
        Lists.CarriersAsync(default!, default).ReturnsForAnyArgs(["DHL", "UPS"]);
    }

    public PageHost Host { get; }

    public IShipmentLists Lists { get; } = Substitute.For<IShipmentLists>();

    public IConnectorDesk Desk { get; } = Substitute.For<IConnectorDesk>();

    public Dictionary<ShipmentList, int> Counted { get; } = Enum.GetValues<ShipmentList>().ToDictionary(list => list, _ => 0);

    public IReadOnlyList<string> ToastTexts =>
        [.. Host.Services.GetRequiredService<ISnackbar>().ShownSnackbars.Select(toast => toast.Message ?? "")];

    public string Address => new Uri(Host.Services.GetRequiredService<NavigationManager>().Uri).PathAndQuery;

    public static ShipmentItem Shipment(string number) => new(
        number, "wms", "EAST", "DHL", ["1Z-1"], ShipmentState.UnderWay, PageHost.Now.AddDays(-2), PageHost.Now.AddDays(1), null, null,
        PageHost.Now.AddDays(-1));

    public static ShipmentRow Row(string order, long id = 1, params ShipmentItem[] shipments) => new(
        $"erp:{order}", order, "Acme", "DHL", ["EAST"], "Europe", TransactionStage.Shipped, TransactionHealth.Ok, false, false,
        PageHost.Now.AddDays(2), PageHost.Now, id) { Shipments = shipments };

    public static ShipmentPeek Peek(AskAgain ask)
    {
        var shipment = new ShipmentView { System = "wms", Number = "SH-1", Site = "EAST", Carrier = "DHL" };
        shipment.Trackings.Add("1Z-1");
        shipment.Parcels.Add("P-7");
        shipment.Milestones.Add(new MilestoneView(Milestones.ShipmentPickedUp, PageHost.Now, "parcels", "e-1", "1Z-1", false));
        return new(PageHost.Detail(new OrderView { Shipments = [shipment] }) with { Cases = [Silent] }, [ask]);
    }

    public void Returns(params ShipmentRow[] rows) =>
        Lists.ListAsync(default!, default!, default, default, default).ReturnsForAnyArgs(new ShipmentPage(rows, null, null));

    public void Peeks(AskAgain ask) => Lists.PeekAsync("erp:SO-1", PageHost.Supervisor, Arg.Any<CancellationToken>()).Returns(Peek(ask));

    public IRenderedComponent<ShipmentsPage> Show(string query = "")
    {
        Host.Services.GetRequiredService<NavigationManager>().NavigateTo($"/shipments{query}");
        return Host.Render<ShipmentsPage>();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private static CaseItem Silent { get; } = new(
        9, CaseState.Open, ReasonCodes.TrackingSilent, "logistics", null, "Nothing was heard of shipment SH-1.", null, null, PageHost.Now,
        PageHost.Now, null, null);
}
