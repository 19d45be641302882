using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ControlTower.Core.Persistence;
using ControlTower.EndToEnd.Tests.Browser;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.RabbitMq;

/// <summary>The tower as a process that can be killed, with an ERP that speaks over a broker's queue.</summary>
internal sealed class BusTower : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-bus-").FullName;
    private readonly Uri _address = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));
    private readonly TestDatabase _database;
    private ChildProcess? _web;

    private BusTower(TestDatabase database) => _database = database;

    public string ConnectionString => _database.ConnectionString;

    public string Story => _web is null ? "" : string.Join('\n', _web.Lines.TakeLast(30));

    /// <param name="connectors">Registrations, JSON objects with commas between.</param>
    public static async Task<BusTower> StartAsync(string connectors)
    {
        var tower = new BusTower(await TestDatabase.CreateAsync());
        var landscape = Path.Combine(tower._folder, "landscape.json");
        await File.WriteAllTextAsync(landscape, $$"""
            {"sites":[{"code":"S1","name":"Site","timeZone":"UTC","region":"East","area":"east"}],"connectors":[{{connectors}}]}
            """);
        await ChildProcess.RunAsync(TowerProgram.Assembly, ["setup", "--landscape", landscape, "--credentials", Path.Combine(tower._folder, "credentials.json")], tower.Settings);
        await tower.ServeAsync();
        return tower;
    }

    /// <summary>kill -9, and another process on what the first one left.</summary>
    public async Task KillAndRestartAsync()
    {
        await _web!.KillAsync();
        await _web.DisposeAsync();
        await ServeAsync();
    }

    public async Task<T> ReadAsync<T>(Func<TowerDbContext, Task<T>> read)
    {
        await using var db = TowerContexts.Postgres(ConnectionString);
        return await read(db);
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
        {
            await _web.DisposeAsync();
        }

        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ServeAsync()
    {
        _web = ChildProcess.Start(TowerProgram.Assembly, [], Settings);
        using var http = new HttpClient { BaseAddress = _address };
        await Eventually.AsyncIs(() => IsReadyAsync(http), () => Story);
    }

    private Dictionary<string, string> Settings => new(TowerProgram.Environment)
    {
        ["ConnectionStrings__ControlTower"] = ConnectionString,
        ["Database__AllowUnsafeDurability"] = "true",
        ["Urls"] = _address.ToString().TrimEnd('/'),
        ["Secrets__MasterKeyFile"] = Path.Combine(_folder, "master.key"),
        ["Connectors__AllowedHosts__0"] = "127.0.0.1",
        ["Serilog__MinimumLevel__Default"] = "Warning",
    };

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("readyz", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
