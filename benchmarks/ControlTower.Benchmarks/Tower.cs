using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace ControlTower.Benchmarks;

/// <summary>The published tower as a separate process, set up for the benchmark's five systems.</summary>
internal sealed class Tower : IAsyncDisposable
{
    private static readonly (string Name, string Role)[] Systems =
        [("erp", "erp"), ("wms", "wms"), ("tms", "tms"), ("carrier", "carrier"), ("billing", "billing")];

    private readonly Process _process;

    private Tower(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    public static string NewSecret() => "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static async Task<Tower> StartAsync(string web, string connectionString, string data, string partner, string secret)
    {
        var landscape = Path.Combine(data, "landscape.json");
        await File.WriteAllTextAsync(landscape, JsonSerializer.Serialize(Landscape(partner, secret)));
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        using (var setup = Start(web, connectionString, data, address, "setup", "--landscape", landscape, "--credentials",
            Path.Combine(data, "credentials.json")))
        {
            await setup.WaitForExitAsync();
            if (setup.ExitCode != 0)
            {
                throw new InvalidOperationException($"The tower's set-up ended with {setup.ExitCode}.");
            }
        }

        var tower = new Tower(Start(web, connectionString, data, address), address);
        await tower.ReadyAsync();
        return tower;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static object Landscape(string partner, string secret) => new
    {
        sites = new[] { new { code = "WH1", name = "Warehouse 1", timeZone = "America/New_York", region = "East", area = "east" } },
        connectors = Systems.Select(system => new
        {
            name = system.Name,
            kind = "open",
            role = system.Role,
            baseUrl = partner,
            inboundSecret = secret,
            outboundSecret = secret,
            poll = false,
        }),
    };

    private static Process Start(string web, string connectionString, string data, Uri address, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(web, "ControlTower.Web.dll"), .. arguments])
            { WorkingDirectory = web, RedirectStandardOutput = true };
        start.Environment["ConnectionStrings__ControlTower"] = connectionString;
        start.Environment["Urls"] = address.ToString();
        start.Environment["Connectors__AllowedHosts__0"] = "127.0.0.1";
        start.Environment["Secrets__MasterKeyFile"] = Path.Combine(data, "master.key");
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => File.AppendAllText(Path.Combine(data, "tower.log"), line.Data + Environment.NewLine);
        process.BeginOutputReadLine();
        return process;
    }

    private async Task ReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        for (var tries = 0; tries < 600; tries++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException("The tower did not become ready within a minute.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
