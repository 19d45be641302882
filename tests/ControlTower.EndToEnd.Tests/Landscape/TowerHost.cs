using System.Net.Http.Headers;
using ControlTower.Core.Persistence;
using ControlTower.EndToEnd.Tests.Browser;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>
/// The tower's program on a database, set up with a landscape; it can be killed and started again on the same data.
/// </summary>
internal sealed class TowerHost : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-host-").FullName;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly ReservedPort _port = new();
    private readonly TestDatabase? _own;
    private ChildProcess? _web;

    private TowerHost(IReadOnlyDictionary<string, string> settings, TestDatabase? own, string connectionString)
    {
        (_settings, _own, ConnectionString) = (settings, own, connectionString);
        Http.BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{_port.Number}/"));
    }

    public string ConnectionString { get; }

    /// <summary>A client to its address, not signed in.</summary>
    public HttpClient Http { get; } = new();

    public string Story => _web is null ? "" : string.Join('\n', _web.Lines.TakeLast(30));

    /// <summary>Sets up and serves.</summary>
    /// <param name="landscape">Sites and connectors, as JSON.</param>
    /// <param name="settings">More of the configuration, as environment variables.</param>
    /// <param name="connectionString">A database that another owner disposes; null: a separate one.</param>
    public static async Task<TowerHost> StartAsync(
        string landscape, IReadOnlyDictionary<string, string>? settings = null, string? connectionString = null)
    {
        var own = connectionString is null ? await TestDatabase.CreateAsync() : null;
        var host = new TowerHost(settings ?? new Dictionary<string, string>(), own, connectionString ?? own!.ConnectionString);
        await File.WriteAllTextAsync(host.Path("landscape.json"), landscape);
        await ChildProcess.RunAsync(TowerProgram.Assembly,
            ["setup", "--landscape", host.Path("landscape.json"), "--credentials", host.Path("credentials.json")], host.Environment);
        await host.ServeAsync();
        return host;
    }

    /// <summary>Kills it with <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        await _web!.KillAsync();
        await _web.DisposeAsync();
        _web = null;
    }

    /// <summary>
    /// Starts another process on the data of the last one. A dead node's poll lasts until its lease ends, a minute;
    /// "Poll now" ends it.
    /// </summary>
    public async Task RestartAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        await ReadAsync(db => db.Connectors.ExecuteUpdateAsync(set => set.SetProperty(c => c.NextPollAt, now)));
        await ServeAsync();
    }

    public async Task<T> ReadAsync<T>(Func<TowerDbContext, Task<T>> read)
    {
        await using var db = TestedDatabase.Open(ConnectionString);
        return await read(db);
    }

    /// <summary>A client of its API with a key of this role.</summary>
    public async Task<HttpClient> ApiAsync(string role)
    {
        var key = await MadeKey.OfAsync(ConnectionString, role);
        return new HttpClient
            { BaseAddress = Http.BaseAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await (_web?.DisposeAsync() ?? ValueTask.CompletedTask);
        _port.Dispose();
        await (_own?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_folder, recursive: true);
    }

    private Dictionary<string, string> Environment
    {
        get
        {
            var environment = new Dictionary<string, string>(TowerProgram.Environment)
            {
                ["ConnectionStrings__ControlTower"] = ConnectionString,
                ["Database__Provider"] = TestedDatabase.Name,
                ["Database__AllowUnsafeDurability"] = "true",
                ["Urls"] = Http.BaseAddress!.ToString().TrimEnd('/'),
                ["Connectors__AllowedHosts__0"] = "127.0.0.1",
                ["Secrets__MasterKeyFile"] = Path("master.key"),
            };
            foreach (var (name, value) in _settings)
            {
                environment[name] = value;
            }

            return environment;
        }
    }

    private string Path(string name) => System.IO.Path.Combine(_folder, name);

    private async Task ServeAsync()
    {
        _web = ChildProcess.Start(TowerProgram.Assembly, [], Environment);
        await Eventually.AsyncIs(IsReadyAsync, () => Story);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("readyz", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
