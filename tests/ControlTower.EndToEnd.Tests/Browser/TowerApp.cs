using System.Globalization;
using System.Text.Json;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>
/// The tower as a separate process on a free port, with a database, two sites and the demo accounts, without a
/// landscape.
/// </summary>
public sealed class TowerApp : IAsyncLifetime
{
    private const string Landscape = """
        {"sites":[{"code":"EAST-1","name":"East 1","timeZone":"Europe/Paris","region":"Europe","area":"east"},
                  {"code":"WEST-1","name":"West 1","timeZone":"America/Sao_Paulo","region":"Americas","area":"west"}],"connectors":[]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-browser-").FullName;
    private readonly ReservedPort _port = new();
    private TestDatabase _database = null!;
    private ChildProcess? _web;

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port.Number}/"));

    public string ConnectionString => _database.ConnectionString;

    public IReadOnlyDictionary<string, string> Passwords { get; private set; } = null!;

    /// <summary>The last lines of its log, to be reported with a failure.</summary>
    public string Story => _web is null ? "" : string.Join('\n', _web.Lines.TakeLast(30));

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var (landscape, credentials) = (Path.Combine(_folder, "landscape.json"), Path.Combine(_folder, "credentials.json"));
        await File.WriteAllTextAsync(landscape, Landscape);
        await ChildProcess.RunAsync(TowerProgram.Assembly, ["setup", "--landscape", landscape, "--credentials", credentials], Settings);
        Passwords = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(credentials))!;
        _web = ChildProcess.Start(TowerProgram.Assembly, [], Settings);
        using var http = new HttpClient { BaseAddress = Address };
        await Eventually.AsyncIs(() => IsReadyAsync(http), () => Story);
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
        {
            await _web.DisposeAsync();
        }

        _port.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Acts on the database as another node or an administrator's tool would.</summary>
    public Task ExecuteAsync(string sql) => TestedDatabase.ExecuteAsync(ConnectionString, sql, TestContext.Current.CancellationToken);

    private Dictionary<string, string> Settings => new(TowerProgram.Environment)
    {
        ["ConnectionStrings__ControlTower"] = ConnectionString,
        ["Database__Provider"] = TestedDatabase.Name,
        ["Database__AllowUnsafeDurability"] = "true",
        ["Urls"] = Address.ToString().TrimEnd('/'),
        ["Connectors__AllowedHosts__0"] = "127.0.0.1",
        ["Secrets__MasterKeyFile"] = Path.Combine(_folder, "master.key"),
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
}
