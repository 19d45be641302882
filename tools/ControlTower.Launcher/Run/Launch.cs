using System.Text.Json;
using ControlTower.Launcher.Clock;
using ControlTower.Launcher.Cluster;
using ControlTower.Launcher.Files;
using ControlTower.Launcher.Options;
using ControlTower.Launcher.Processes;

namespace ControlTower.Launcher.Run;

/// <summary>
/// One run: starts the parts in order, monitors them and ends them in the opposite order, whatever happens.
/// </summary>
public sealed class Launch : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Parts _parts;
    private readonly Action<string> _say;
    private readonly ChosenUrls _urls;
    private readonly LaunchOptions _options;
    private readonly DataFolder _data;
    private readonly InheritedEnvironment _inherited;
    private readonly Stack<ChildProcess> _children = new();
    private readonly TaskCompletionSource<ChildProcess> _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private DatabaseTarget? _database;

    /// <summary>What prints the logs that are followed.</summary>
    private readonly List<Task> _followed = [];

    /// <exception cref="LaunchException">The environment names an invalid address.</exception>
    public Launch(LaunchOptions asked, Parts parts, InheritedEnvironment inherited, Action<string> say)
    {
        _urls = new ChosenUrls(ServedUrls.Complete(asked, inherited).Urls!);
        (_parts, _inherited, _say, _data) = (parts, inherited, say, new DataFolder(asked.Data));
        _options = asked with { Urls = _urls.Text };
    }

    private ProcessRecords Records => new(_data.Run);

    /// <summary>Returns when <paramref name="stop"/> is requested and everything has ended.</summary>
    /// <exception cref="LaunchException">A part cannot be started, or died; everything else has been ended.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        _data.MustBeWritable();
        using var runLock = RunLock.Take(_data.Lock, _data.Path);
        try
        {
            await StartAsync(stop);
            await WatchAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end was requested, during the start or after it.
        }
        finally
        {
            await EndAsync();
        }
    }

    public void Dispose()
    {
        _ended.Dispose();
        _urls.Dispose();
    }

    private async Task StartAsync(CancellationToken stop)
    {
        foreach (var name in await Records.EndLeftoversAsync(Grace))
        {
            _say($"The {name} of an earlier run still ran: it is ended.");
        }

        AddressesMustBeFree();
        var landscape = _options.NoSandbox ? null : CachedTopology.Settle(_options, CachedTopology.Read(_data.Remembered), _data.Path);
        _say("Starting the database");
        _database = await DatabaseTarget.OpenAsync(_data, _inherited, _say, stop);
        if (landscape is not null)
        {
            await StartSandboxAsync(landscape, stop);
        }

        await SetUpAsync(stop);
        await StartWebAsync(stop);
        if (_parts.WatchedProject is not null && _inherited.Find(FirstChange.Variable) is { } source)
        {
            await new FirstChange(LogOf(Parts.Web)).MakeAsync(source, stop);
        }

        new Welcome(_options, _data, _say).Print();
    }

    private void AddressesMustBeFree()
    {
        var errors = _options.Urls!.Split(';', StringSplitOptions.TrimEntries)
            .Select(url => TowerAddress.Parse(url)!.WhyNotFree())
            .OfType<string>();
        if (errors.FirstOrDefault() is { } error)
        {
            throw new LaunchException(error);
        }
    }

    private async Task StartSandboxAsync(CachedTopology landscape, CancellationToken stop)
    {
        _say($"Starting the sandbox landscape (scenario {landscape.Scenario}, speed {landscape.Speed})");
        var clock = BusinessClockFile.Continue(
            await FirstOrderAtAsync(landscape, stop) + Scenarios.HeadStartOf(landscape.Scenario),
            BusinessClockFile.ReadPositions(_data.ClockPositions),
            landscape.Speed,
            TimeProvider.System.GetUtcNow());
        landscape.Write(_data.Remembered);
        clock.Write(_data.Clock);
        File.Delete(_data.Landscape);
        Follow(Parts.Sandbox);
        var sandbox = Start(Parts.Sandbox, _parts.SandboxProgram([
            "serve", "--data", _data.Sandbox, "--tower", TowerUrl, "--clock", _data.Clock, "--landscape", _data.Landscape,
            "--scenario", landscape.Scenario, .. OrderSource(landscape),
        ]));
        await UntilAsync(() => Task.FromResult(File.Exists(_data.Landscape)), sandbox, stop);
    }

    private async Task<DateTimeOffset> FirstOrderAtAsync(CachedTopology landscape, CancellationToken stop)
    {
        var described = await Parts.AskAsync(
            _parts.SandboxProgram(["describe", .. OrderSource(landscape)]), new Dictionary<string, string>(), "Reading the order book",
            stop);
        using var json = JsonDocument.Parse(described);
        return json.RootElement.GetProperty("firstOrderAt").GetDateTimeOffset();
    }

    private static string[] OrderSource(CachedTopology landscape)
    {
        string[] source = landscape.Orders is { } file ? ["--orders", file] : ["--orders-count", $"{CachedTopology.OrdersCount}"];
        return [.. source, "--seed", $"{landscape.Seed}"];
    }

    private async Task SetUpAsync(CancellationToken stop)
    {
        _say("Migrating and seeding the database");
        string[] landscape = _options.NoSandbox ? [] : ["--landscape", _data.Landscape];
        await Parts.AskAsync(
            _parts.WebProgram(["setup", "--credentials", _data.Credentials, .. landscape]),
            TowerEnvironment.For(_options, _data, _database!, _inherited),
            "Setting up the database",
            stop);
    }

    private async Task StartWebAsync(CancellationToken stop)
    {
        _say("Starting the tower");
        if (_parts.WatchedProject is not null)
        {
            Follow(Parts.Web);
        }

        var web = Start(Parts.Web, _parts.WebServer(), TowerEnvironment.For(_options, _data, _database!, _inherited));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(5) };
        await UntilAsync(() => IsReadyAsync(client, stop), web, stop);
    }

    private string TowerUrl => TowerAddress.Parse(_options.Urls!.Split(';', StringSplitOptions.TrimEntries)[0])!.Local;

    private async Task<bool> IsReadyAsync(HttpClient client, CancellationToken stop)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(TowerUrl + "/readyz"), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException || (notYet is TaskCanceledException && !stop.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>Prints a part's log from its start on: a landscape with nothing left to do reports that before the tower is up.</summary>
    private void Follow(string name)
        => _followed.Add(new LogTail(LogOf(name), _say).FollowAsync(TimeSpan.FromMilliseconds(250), _ended.Token));

    private ChildProcess Start(string name, PartProgram program, IReadOnlyDictionary<string, string>? environment = null)
    {
        var log = LogOf(name);
        var child = ChildProcess.Start(
            new ChildStart(name, program.Arguments, program.Folder, log, environment ?? new Dictionary<string, string>()), Records);
        _children.Push(child);
        _ = child.Exited.ContinueWith(_ => _died.TrySetResult(child), TaskScheduler.Default);
        return child;
    }

    private string LogOf(string name) => Path.Combine(_data.Logs, name + ".console.log");

    private async Task UntilAsync(Func<Task<bool>> ready, ChildProcess child, CancellationToken stop)
    {
        for (var began = Environment.TickCount64; !await ready();)
        {
            if (_died.Task.IsCompleted)
            {
                throw Death(await _died.Task);
            }

            if (Environment.TickCount64 - began > Patience.TotalMilliseconds)
            {
                throw new LaunchException(
                    $"The {child.Name} is not ready after {Patience.TotalMinutes} minutes: see {child.LogFile}.", LaunchException.Failure);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
        }
    }

    /// <summary>Returns when the end is requested, throws when a part dies.</summary>
    private async Task WatchAsync(CancellationToken stop)
    {
        var asked = Task.Delay(Timeout.Infinite, stop);
        if (await Task.WhenAny(_died.Task, asked) == _died.Task && !stop.IsCancellationRequested)
        {
            throw Death(await _died.Task);
        }
    }

    /// <summary>
    /// A part that refused its input names the error in its last line; any other death is reported with the last lines
    /// of its log.
    /// </summary>
    private static LaunchException Death(ChildProcess child)
    {
        if (child.ExitCode == LaunchException.BadInput && child.LastLines(1) is [var sentence])
        {
            return new LaunchException(sentence);
        }

        var lines = string.Join(Environment.NewLine, child.LastLines(15).Select(line => "    " + line));
        return new LaunchException(
            $"The {child.Name} ended unexpectedly with exit code {child.ExitCode}; its last lines "
                + $"({child.LogFile}):{Environment.NewLine}{lines}",
            LaunchException.Failure);
    }

    private async Task EndAsync()
    {
        if (_children.Count > 0)
        {
            _say("Ending");
        }

        while (_children.TryPop(out var child))
        {
            if (!await child.StopAsync(Grace))
            {
                _say($"The {child.Name} did not end within {Grace.TotalSeconds} seconds and was killed.");
            }
        }

        await _ended.CancelAsync();
        await Task.WhenAll(_followed);

        // Searched and not remembered: the start may have been interrupted, or refused before it adopted an earlier
        // cluster.
        if (PrivateCluster.Running(new ClusterOptions { Folder = _data.Cluster }) is { } cluster)
        {
            await cluster.StopAsync();
            _say("Ended; the data is in " + _data.Path);
        }
    }
}
