using System.Text.Json;
using ControlTower.Sandbox.Hosting;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Tests.Landscapes;

/// <summary>The books as the services show them.</summary>
internal static class Ledgers
{
    public static LandscapeFile File(string path) =>
        JsonSerializer.Deserialize<LandscapeFile>(System.IO.File.ReadAllBytes(path), Json.Options)!;

    public static async Task<JsonElement> Read(LandscapeFile landscape, string connector, string query = "")
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var address = landscape.Connectors.Single(known => known.Name == connector).BaseUrl;
        return JsonSerializer.Deserialize<JsonElement>(await http.GetByteArrayAsync($"{address}/ledger{query}"));
    }
}
