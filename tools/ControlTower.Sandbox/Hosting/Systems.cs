using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Outgoing;
using ControlTower.Sandbox.Services;
using ControlTower.Sandbox.Services.Billing;
using ControlTower.Sandbox.Services.Carriers;
using ControlTower.Sandbox.Services.Erp;
using ControlTower.Sandbox.Services.Wms;

namespace ControlTower.Sandbox.Hosting;

/// <summary>The systems of the landscape and their outlets to the tower.</summary>
internal sealed class Systems : IAsyncDisposable
{
    public const string Tms = "tms";

    /// <summary>Every connector's name; the system of a carrier's connector is the carriers'.</summary>
    public static readonly IReadOnlyList<string> Connectors = ["erp", "wms", "billing", Tms, .. Orders.Carriers.All];

    private readonly Floor _floor;
    private readonly List<PushOutlet> _pushed;
    private readonly int _toRelease;
    private readonly int _toBill;

    public Systems(Floor floor, TowerClient tower, string data)
    {
        _floor = floor;
        var toPost = floor.Orders.All.Where(order => order.Ending == Ending.Posted).ToList();
        _toRelease = toPost.Count;

        // Orders that wait for a person, or are stopped for good, are not in progress.
        _toBill = toPost.Count(order => !order.Fate.HasFlag(Fate.ReleaseRejected) && !order.Fate.HasFlag(Fate.ProofLost));
        var pushed = Connectors.Where(name => name != "billing")
            .ToDictionary(name => name, name => Push(name, tower, data), StringComparer.Ordinal);
        _pushed = [.. pushed.Values];
        Erp = new ErpSystem(floor, pushed["erp"]);
        Wms = new WmsSystem(floor, pushed["wms"]);
        Billing = new BillingSystem(floor, new PollOutlet("billing", DisorderOf("billing")));
        Carriers = new CarriersSystem(
            floor, pushed[Tms], Orders.Carriers.All.ToDictionary(name => name, name => (Outlet)pushed[name], StringComparer.Ordinal));
        All = [Erp, Wms, Billing, Carriers];
        All.ToList().ForEach(system => system.Open(data));
    }

    public ErpSystem Erp { get; }

    public WmsSystem Wms { get; }

    public BillingSystem Billing { get; }

    public CarriersSystem Carriers { get; }

    public IReadOnlyList<TradingSystem> All { get; }

    /// <summary>How many facts were created and not yet taken by the tower.</summary>
    public int Unsent => All.Sum(system => system.Outlets.Sum(outlet => outlet.Unsent));

    /// <summary>
    /// True while orders to be posted have not come that far: the tower may have taken every fact and still be
    /// processing.
    /// </summary>
    public bool Unfinished => Wms.Asked < _toRelease || Billing.Asked < _toBill || Erp.Posted < Billing.Invoiced;

    /// <summary>
    /// Sends until cancelled, each outlet separately: one that fails is reported at once, not when the others have
    /// ended.
    /// </summary>
    public IEnumerable<Task> Push(CancellationToken stop) => _pushed.Select(outlet => outlet.Run(stop));

    public async ValueTask DisposeAsync()
    {
        foreach (var system in All)
        {
            await system.DisposeAsync();
        }
    }

    private PushOutlet Push(string connector, TowerClient tower, string data) =>
        new(connector, tower, new Position(data, connector), DisorderOf(connector));

    private Disorder? DisorderOf(string connector) => _floor.Weather.Disorder ? new Disorder(_floor.Weather, connector) : null;
}
