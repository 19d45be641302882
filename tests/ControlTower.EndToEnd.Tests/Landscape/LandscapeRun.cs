using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.EndToEnd.Tests.Browser;
using ControlTower.Testing;
using ControlTower.Testing.Proxies;
using ControlTower.Web.Hosting;

namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>Tower and sandbox as processes on a separate database: what ./run starts, without its console.</summary>
internal sealed class LandscapeRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-landscape-").FullName;
    private readonly LandscapeOptions _options;
    private readonly TestDatabase _database;
    private readonly ReservedPort[] _ports;
    private readonly ChildProcess?[] _towers;
    private readonly NodeBalancer? _balancer;
    private ChildProcess? _sandbox;

    private LandscapeRun(LandscapeOptions options, TestDatabase database)
    {
        (_options, _database) = (options, database);
        _ports = [.. Enumerable.Range(0, options.Nodes).Select(_ => new ReservedPort())];
        _towers = new ChildProcess?[options.Nodes];
        _balancer = options.Nodes > 1 ? new NodeBalancer([.. _ports.Select(port => port.Number)]) : null;
        DatabaseProxy = options.CommitsCut > 0 ? new CommitLosingProxy(database.ConnectionString, options.CommitsCut, options.Seed) : null;
    }

    public Uri Address => _balancer?.Address ?? new($"http://127.0.0.1:{_ports[0].Number}/");

    /// <summary>The proxy between the tower and its database, which cuts commits off.</summary>
    public CommitLosingProxy? DatabaseProxy { get; }

    /// <summary>Passwords of the demo accounts.</summary>
    public IReadOnlyDictionary<string, string> Passwords { get; private set; } = new Dictionary<string, string>();

    public string ConnectionString => _database.ConnectionString;

    public HttpClient Api { get; } = new();

    /// <summary>The clocks that the tower goes by.</summary>
    public TowerClocks Clocks => BusinessClock.Read(File("clock.json")).ToClocks(TimeProvider.System);

    public JsonElement Landscape { get; private set; }

    /// <summary>What the programs printed last.</summary>
    public IEnumerable<string> Story => _towers.Append(_sandbox).SelectMany(child => child?.Lines.TakeLast(20) ?? []);

    private static string Web => TowerProgram.Assembly;

    private static string Sandbox => TowerProgram.Sandbox;

    public static async Task<LandscapeRun> StartAsync(LandscapeOptions options)
    {
        var run = new LandscapeRun(options, await TestDatabase.CreateAsync());
        try
        {
            await run.StartAsync();
            return run;
        }
        catch
        {
            // A start that fails here ends what it has started.
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for the sandbox's report that nothing is left to do.</summary>
    public async Task SettledAsync() => await _sandbox!.NextLineWith("landscape settled", Patience);

    public async Task KillTowerAsync(int node = 0) => await _towers[node]!.KillAsync();

    public async Task StartTowerAsync(int node = 0)
    {
        var tower = _towers[node] = ChildProcess.Start(Web, [], Environment(node));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_ports[node].Number}/") };
        await Eventually.AsyncIs(() => Answers(http, tower), () => string.Join('\n', tower.Lines.TakeLast(20)));
    }

    public Task<string> KeyAsync(string role) => MadeKey.OfAsync(ConnectionString, role);

    /// <summary>Every item of a paged list.</summary>
    public async Task<List<JsonElement>> AllAsync(string list)
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var separator = list.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await PageAsync($"{list}{separator}limit=500" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)));
            items.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Clone()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return items;
    }

    private async Task<JsonElement> PageAsync(string path)
    {
        using var answer = await Api.GetAsync(new Uri("api/v1/" + path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode,
            $"{path}: {(int)answer.StatusCode}\n{string.Join('\n', _towers.SelectMany(tower => tower?.Lines.TakeLast(40) ?? []))}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>The book of a system, as the other side keeps it.</summary>
    public async Task<JsonElement> LedgerAsync(string connector)
    {
        var system = Landscape.GetProperty("connectors").EnumerateArray().Single(c => c.GetProperty("name").GetString() == connector);
        using var http = new HttpClient();
        return await http.GetFromJsonAsync<JsonElement>(
            new Uri(system.GetProperty("baseUrl").GetString() + "/ledger"), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        foreach (var child in _towers.Append(_sandbox))
        {
            await (child?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        _ports.ToList().ForEach(port => port.Dispose());
        await (_balancer?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (DatabaseProxy?.DisposeAsync() ?? ValueTask.CompletedTask);

        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        await StartClockAsync();
        await StartSandboxAsync();
        await ChildProcess.RunAsync(
            Web, ["setup", "--landscape", File("landscape.json"), "--credentials", File("credentials.json")], Environment());
        Passwords = JsonSerializer.Deserialize<Dictionary<string, string>>(
            await System.IO.File.ReadAllTextAsync(File("credentials.json")))!;
        for (var node = 0; node < _options.Nodes; node++)
        {
            await StartTowerAsync(node);
        }

        Api.BaseAddress = Address;
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await KeyAsync("Auditor"));
    }

    private async Task StartClockAsync()
    {
        var described = await ChildProcess.RunAsync(
            Sandbox, ["describe", .. _options.OrderArguments, "--seed", $"{_options.Seed}"], Nothing);
        var first = JsonDocument.Parse(described.Last(line => line.StartsWith('{'))).RootElement.GetProperty("firstOrderAt")
            .GetDateTimeOffset() + _options.HeadStart;
        await System.IO.File.WriteAllTextAsync(
            File("clock.json"),
            JsonSerializer.Serialize(new { businessStart = first, systemStart = TimeProvider.System.GetUtcNow(), speed = _options.Speed }));
    }

    private async Task StartSandboxAsync()
    {
        _sandbox = ChildProcess.Start(
            Sandbox,
            [
                "serve", "--data", File("sandbox"), "--tower", Address.ToString().TrimEnd('/'), "--clock", File("clock.json"),
                "--landscape", File("landscape.json"),
                .. _options.OrderArguments, "--scenario", _options.Scenario, "--seed", $"{_options.Seed}",
            ],
            Nothing);
        await Eventually.AsyncIs(
            () => Task.FromResult(System.IO.File.Exists(File("landscape.json"))), () => string.Join('\n', _sandbox.Lines));
        Landscape = JsonDocument.Parse(await System.IO.File.ReadAllTextAsync(File("landscape.json"))).RootElement;
    }

    /// <param name="node">Null for programs that only set up, and whose connections are not cut.</param>
    private Dictionary<string, string> Environment(int? node = null)
    {
        var environment = new Dictionary<string, string>(TowerProgram.Environment)
        {
            ["ConnectionStrings__ControlTower"] = node is null ? ConnectionString : DatabaseProxy?.ConnectionString ?? ConnectionString,
            ["Database__Provider"] = TestedDatabase.Name,
            ["Database__AllowUnsafeDurability"] = "true",
            ["Urls"] = $"http://127.0.0.1:{_ports[node ?? 0].Number}/",
            ["Connectors__AllowedHosts__0"] = "127.0.0.1",
            ["Clock__File"] = File("clock.json"),
            ["Secrets__MasterKeyFile"] = File("master.key"),
        };
        foreach (var (name, value) in _options.Settings)
        {
            environment[name] = value;
        }

        return environment;
    }

    private static Dictionary<string, string> Nothing { get; } = [];

    private string File(string name) => Path.Combine(_folder, name);

    private static async Task<bool> Answers(HttpClient http, ChildProcess tower)
    {
        Assert.False(tower.HasExited, string.Join('\n', tower.Lines.TakeLast(20)));
        try
        {
            using var answer = await http.GetAsync(new Uri("readyz", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
