using System.Text.Json;
using ControlTower.Sandbox.Cli;
using ControlTower.Sandbox.Clock;
using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Outgoing;
using ControlTower.Sandbox.Plans;
using ControlTower.Sandbox.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Sandbox.Hosting;

/// <summary>
/// The running landscape: its books and ports are open, and the landscape file makes it known to the tower.
/// </summary>
internal sealed class Landscape : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private const int TicksPerProgress = 20;

    private readonly DataFolder _folder;
    private readonly TowerClient _tower;
    private readonly Secrets _secrets;
    private readonly ClockPosition _position;
    private readonly TimeProvider _system;
    private readonly List<ServiceHost> _hosts = [];
    private readonly Action<string> _print;

    private Landscape(ServeOptions options, OrderBook orders, DataFolder folder, TimeProvider system, TimeSpan quiet, Action<string> print)
    {
        (_folder, _system, _print) = (folder, system, print);
        var clock = ClockFile.Open(options.ClockFile, system);
        Directory.CreateDirectory(Path.GetDirectoryName(options.ClockFile)!);
        _position = new ClockPosition(options.ClockFile, clock);
        _secrets = Secrets.Open(folder.Path, Systems.Connectors);
        _tower = new TowerClient(options.Tower, _secrets, system, print);
        Floor = new Floor(clock, system, orders, new ScenarioConditions(options.Scenario, options.Orders.Seed, orders.All[0].OrderedAt));
        Systems = new Systems(Floor, _tower, folder.Path);
        Settling = new CompletionWatcher(Floor, Systems, quiet, print);
    }

    public Floor Floor { get; }

    public Systems Systems { get; }

    public CompletionWatcher Settling { get; }

    /// <summary>Reads the orders and the books, opens the ports and writes the landscape file.</summary>
    /// <exception cref="BadInput">An option's value cannot be used.</exception>
    public static async Task<Landscape> Open(ServeOptions options, TimeProvider system, TimeSpan quiet, Action<string> print)
    {
        var orders = options.Orders.Read();
        var folder = DataFolder.Open(options.Data);
        var book = OrderBook.Open(folder.Path, OrderEndings.Settle(orders, options.Scenario));
        var landscape = new Landscape(options, book, folder, system, quiet, print);
        await landscape.OpenPorts(options.LandscapeFile);
        return landscape;
    }

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="IOException">A book cannot be written any more: nothing may be answered.</exception>
    public async Task Run(CancellationToken stop)
    {
        var speaking = new FactReporter(Floor, fact => fact.Speaker == Systems.Carriers);
        var done = await Task.WhenAny(
        [
            _position.Run(_system, stop), speaking.Run(stop), Watch(stop), .. Systems.Push(stop),
            .. Systems.All.Select(system => system.Failure),
        ]);
        if (!stop.IsCancellationRequested)
        {
            await done;
        }

        _position.Keep();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_hosts.Select(host => host.DisposeAsync().AsTask()));
        await Systems.DisposeAsync();
        _tower.Dispose();
        Floor.Dispose();
        _folder.Dispose();
    }

    private async Task Watch(CancellationToken stop)
    {
        var progress = new Progress(Floor, Systems, _print);
        using var timer = new PeriodicTimer(Tick, _system);
        for (var tick = 1; await timer.WaitForNextTickAsync(stop); tick++)
        {
            if (tick % TicksPerProgress == 0)
            {
                progress.Tell();
            }

            Settling.Look();
        }
    }

    private async Task OpenPorts(string landscapeFile)
    {
        var ports = new Ports(_folder.Path);
        foreach (var system in Systems.All)
        {
            var host = await ServiceHost.Open(ports.Last(system.Name), application => Map(application, system));
            ports.Keep(system.Name, host.Port);
            _hosts.Add(host);
            _print($"{system.Name} listens at {host.Address}");
        }

        new LandscapeFile(LandscapeFile.SitesOf(Floor.Orders), Connectors()).Write(landscapeFile);
    }

    private void Map(WebApplication application, TradingSystem system)
    {
        var carriers = system == Systems.Carriers;
        var commands = new CommandEndpoint(
            system, Floor, _secrets.Of(carriers ? Systems.Tms : system.Name).Outbound, throughOutages: !carriers);
        var books = new BookEndpoints(system, Floor, Settling);
        application.MapPost("/commands/{kind}", commands.Take);
        application.MapGet("/ledger", books.Ledger);
        application.MapGet("/status", books.Status);
        if (system == Systems.Billing)
        {
            application.MapGet("/events", new FeedEndpoint(Systems.Billing.Feed, _secrets.Of(system.Name).Outbound, _system).Page);
        }
    }

    private List<LandscapeConnector> Connectors()
    {
        var addresses = Systems.All.Zip(_hosts).ToDictionary(pair => pair.First.Name, pair => pair.Second.Address, StringComparer.Ordinal);
        var road = addresses[Systems.Carriers.Name];
        return
        [
            Connector("erp", "erp", addresses["erp"], Reports.Erp),
            Connector("wms", "wms", addresses["wms"], Reports.Wms),
            Connector("billing", "billing", addresses["billing"], Reports.Billing) with { Poll = true, PollSeconds = 2 },
            Connector(Systems.Tms, "tms", road, Reports.Tms),
            .. Orders.Carriers.All.Select(name => Connector(name, "carrier", $"{road}/{name}", Reports.Carrier)),
        ];
    }

    private LandscapeConnector Connector(string name, string role, string address, IReadOnlyList<string> reports) =>
        new(name, role, address, _secrets.Of(name).Inbound, _secrets.Of(name).Outbound, reports);
}
