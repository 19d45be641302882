using System.Text.Json;
using ControlTower.Sandbox.Cli;
using ControlTower.Sandbox.Clock;
using ControlTower.Sandbox.Hosting;
using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Plans;

namespace ControlTower.Sandbox.Tests.Landscapes;

/// <summary>A landscape and a fake tower, run until nothing is left to do.</summary>
internal sealed class Play : IAsyncDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly Folder _folder = new();
    private readonly ServeOptions _options;
    private TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private Landscape? _landscape;

    private Play(FakeTower tower, OrderSource orders, ScenarioName scenario)
    {
        Tower = tower;
        _options = new ServeOptions(
            _folder.File("data"), tower.Address, _folder.File("clock.json"), _folder.File("landscape.json"), orders, scenario);
    }

    public FakeTower Tower { get; }

    public Landscape Landscape => _landscape!;

    public IReadOnlyList<SalesOrder> Orders => Landscape.Floor.Orders.All;

    public LandscapeFile File => Ledgers.File(_options.LandscapeFile);

    /// <summary>Begins a run of generated orders, or of a file's.</summary>
    /// <param name="speed">Business seconds per second; the default runs six weeks in two seconds.</param>
    public static async Task<Play> Begin(string scenario = "calm", int orders = 20, string? file = null, double speed = 2_000_000)
    {
        var source = new OrderSource(file, orders, 1);
        var play = new Play(await FakeTower.Start(), source, ScenarioNames.Parse(scenario));
        var clock = new ClockFile(source.Read()[0].OrderedAt, DateTimeOffset.UtcNow, speed);
        await System.IO.File.WriteAllBytesAsync(
            play._options.ClockFile, JsonSerializer.SerializeToUtf8Bytes(clock, JsonSerializerOptions.Web));
        await play.Open();
        return play;
    }

    /// <summary>Runs until the landscape reports that it is settled.</summary>
    public async Task<Play> ToTheEnd()
    {
        await _settled.Task.WaitAsync(Limit);
        return this;
    }

    /// <summary>Ends the landscape in the middle and opens it again on the same folder.</summary>
    public async Task StartAgain()
    {
        await Close();
        _stop = new CancellationTokenSource();
        _settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Open();
    }

    /// <summary>A system's ledger as its service shows it.</summary>
    public Task<JsonElement> Ledger(string connector) => Ledgers.Read(File, connector);

    public async ValueTask DisposeAsync()
    {
        await Close();
        await Tower.DisposeAsync();
        _folder.Dispose();
    }

    private async Task Open()
    {
        _landscape = await Landscape.Open(_options, TimeProvider.System, Quiet, Hear);
        Tower.Register(_options.LandscapeFile);
        _running = _landscape.Run(_stop.Token);
    }

    private void Hear(string line)
    {
        if (line == CompletionWatcher.Sentence)
        {
            _settled.TrySetResult();
        }
    }

    private async Task Close()
    {
        await _stop.CancelAsync();
        await _running;
        await _landscape!.DisposeAsync();
        _stop.Dispose();
    }
}
