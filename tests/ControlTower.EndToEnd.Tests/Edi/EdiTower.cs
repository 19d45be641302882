using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ControlTower.EndToEnd.Tests.Browser;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Edi;

/// <summary>The tower as a process that can be killed, between a shop that orders by 850 and a warehouse that is told by 940 and tells by 945.</summary>
internal sealed class EdiTower : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-edi-").FullName;
    private readonly Uri _address = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));
    private readonly TestDatabase _database;
    private ChildProcess? _web;

    private EdiTower(TestDatabase database) => _database = database;

    public string ConnectionString => _database.ConnectionString;

    public string Story => _web is null ? "" : string.Join('\n', _web.Lines.TakeLast(30));

    public static async Task<EdiTower> StartAsync()
    {
        var tower = new EdiTower(await TestDatabase.CreateAsync());
        var landscape = Path.Combine(tower._folder, "landscape.json");
        await File.WriteAllTextAsync(landscape, $$"""
            {"sites":[{"code":"WH1","name":"Warehouse","timeZone":"UTC","region":"East","area":"east"}],
             "connectors":[{{Connector("shop", "erp", "SHOP")}},{{Connector("3pl", "wms", "WHSE")}}]}
            """);
        await ChildProcess.RunAsync(TowerProgram.Assembly, ["setup", "--landscape", landscape, "--credentials", Path.Combine(tower._folder, "credentials.json")], tower.Settings);
        await tower.ServeAsync();
        return tower;
    }

    public string Partner(string name, string folder) => Path.Combine(_folder, "partners", name, folder);

    public string[] Out(string name) => Directory.Exists(Partner(name, "out")) ? Directory.GetFiles(Partner(name, "out")) : [];

    /// <summary>As a file exchange does it: under another name until it is whole.</summary>
    public void Drop(string name, string file, byte[] bytes)
    {
        var path = Path.Combine(Partner(name, "in"), file);
        File.WriteAllBytes($"{path}.part", bytes);
        File.Move($"{path}.part", path);
    }

    /// <summary>kill -9, and another process on what the first one left. A dead node's poll lasts until its lease ends, five minutes; "Poll now" ends it.</summary>
    public async Task KillAndRestartAsync()
    {
        await _web!.KillAsync();
        await _web.DisposeAsync();
        await using (var db = TowerContexts.Postgres(ConnectionString))
        {
            var now = TimeProvider.System.GetUtcNow();
            await db.Connectors.ExecuteUpdateAsync(set => set.SetProperty(c => c.NextPollAt, now));
        }

        await ServeAsync();
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
        await Eventually.AsyncIs(() => Task.FromResult(Directory.Exists(Partner("shop", "in")) && Directory.Exists(Partner("3pl", "in"))), () => Story);
    }

    private static string Connector(string name, string role, string partner) => $$"""
        {"name":"{{name}}","kind":"edi","role":"{{role}}","poll":true,"pollSeconds":1,
         "settings":{"folder":"{{name}}","ourId":"TOWER","partnerId":"{{partner}}","stableSeconds":0,"legalEntity":"1000","site":"WH1","currency":"USD"} }
        """;

    private Dictionary<string, string> Settings => new(TowerProgram.Environment)
    {
        ["ConnectionStrings__ControlTower"] = ConnectionString,
        ["Database__AllowUnsafeDurability"] = "true",
        ["Urls"] = _address.ToString().TrimEnd('/'),
        ["Secrets__MasterKeyFile"] = Path.Combine(_folder, "master.key"),
        ["Connectors__Edi__Root"] = Path.Combine(_folder, "partners"),
        ["Outbox__LeaseSeconds"] = "5",
        ["Connectors__Pipeline__TimeoutSeconds"] = "2",
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
