using ControlTower.EndToEnd.Tests.Landscape;

namespace ControlTower.EndToEnd.Tests.Edi;

/// <summary>
/// The tower as a process that can be killed, between a shop that orders by 850 and a warehouse that receives 940 and
/// reports by 945.
/// </summary>
internal sealed class EdiTower : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-edi-").FullName;
    private TowerHost _host = null!;

    private EdiTower()
    {
    }

    public string ConnectionString => _host.ConnectionString;

    public string Story => _host.Story;

    public static async Task<EdiTower> StartAsync()
    {
        var tower = new EdiTower();
        tower._host = await TowerHost.StartAsync(
            $$"""
            {"sites":[{"code":"WH1","name":"Warehouse","timeZone":"UTC","region":"East","area":"east"}],
             "connectors":[{{Connector("shop", "erp", "SHOP")}},{{Connector("3pl", "wms", "WHSE")}}]}
            """,
            new Dictionary<string, string>
            {
                ["Connectors__Edi__Root"] = Path.Combine(tower._folder, "partners"),
                ["Outbox__LeaseSeconds"] = "5",
                ["Connectors__Pipeline__TimeoutSeconds"] = "2",
            });
        await tower.HasFoldersAsync();
        return tower;
    }

    public string Partner(string name, string folder) => Path.Combine(_folder, "partners", name, folder);

    public string[] Out(string name) => Directory.Exists(Partner(name, "out")) ? Directory.GetFiles(Partner(name, "out")) : [];

    /// <summary>Writes a file as a file exchange does: under another name until it is complete.</summary>
    public void Drop(string name, string file, byte[] bytes)
    {
        var path = Path.Combine(Partner(name, "in"), file);
        File.WriteAllBytes($"{path}.part", bytes);
        File.Move($"{path}.part", path);
    }

    public async Task KillAndRestartAsync()
    {
        await _host.KillAsync();
        await _host.RestartAsync();
        await HasFoldersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_folder, recursive: true);
    }

    private Task HasFoldersAsync() =>
        Eventually.AsyncIs(
            () => Task.FromResult(Directory.Exists(Partner("shop", "in")) && Directory.Exists(Partner("3pl", "in"))), () => Story);

    private static string Connector(string name, string role, string partner) => $$"""
        {"name":"{{name}}","kind":"edi","role":"{{role}}","poll":true,"pollSeconds":1,
         "settings":{"folder":"{{name}}","ourId":"TOWER","partnerId":"{{partner}}","stableSeconds":0,"legalEntity":"1000","site":"WH1","currency":"USD"} }
        """;
}
