using System.Diagnostics;
using System.Globalization;
using System.Text;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Launcher.Cluster;
using ControlTower.Testing;
using Npgsql;

namespace ControlTower.EndToEnd.Tests.Tryton;

/// <summary>
/// A real trytond on the tests' PostgreSQL. It serves every database there; each test has its own, cloned from the
/// prepared one.
/// </summary>
public sealed class TrytonServer : IAsyncLifetime
{
    private static readonly TemplateDatabase Prepared = new("tryton_template", LoadAsync);
    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-trytond-").FullName;
    private readonly ReservedPort _port = new();
    private Process? _process;

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port.Number}/"));

    public async ValueTask InitializeAsync()
    {
        if (TrytonInstall.IsThere)
        {
            await StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _port.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A database of one test.</summary>
    internal static Task<TestDatabase> NewDatabaseAsync() => TestDatabase.CreateAsync(Prepared);

    internal static string NameOf(TestDatabase database) => new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;

    public async Task StartAsync()
    {
        var cluster = await TestCluster.GetAsync();
        var connection = new NpgsqlConnectionStringBuilder(cluster.ConnectionString("postgres"));
        var configuration = Path.Combine(_folder, "trytond.conf");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            [web]
            listen = 127.0.0.1:{_port.Number}
            [database]
            uri = postgresql://
            retry = 5
            [session]
            timeout = 3600
            [email]
            uri = smtp://127.0.0.1:9
            [queue]
            worker = False
            """));
        var start = new ProcessStartInfo("/usr/bin/trytond", ["-c", configuration])
            { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGUSER"] = connection.Username;
        start.Environment["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        await Eventually.AsyncIs(AnswersAsync, () => "trytond does not answer.");
    }

    /// <summary>Kills it with <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync(CancellationToken.None);
        }

        _process?.Dispose();
        _process = null;
    }

    private async Task<bool> AnswersAsync()
    {
        using var http = new HttpClient();
        try
        {
            using var body = new StringContent(
                """{"id":0,"method":"common.server.version","params":[]}""", Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(Address, body, TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Loads what eng/tryton/prepare wrote; takes some two seconds, once per test process.</summary>
    private static async Task LoadAsync(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(
            "psql",
            ["-q", "-v", "ON_ERROR_STOP=1", "-h", connection.Host!, "-p", $"{connection.Port}", "-U", connection.Username!, "-d",
                connection.Database!, "-f", TrytonInstall.Template!])
        { RedirectStandardError = true, RedirectStandardOutput = true };
        using var psql = Process.Start(start)!;
        var output = psql.StandardOutput.ReadToEndAsync();
        var fault = await psql.StandardError.ReadToEndAsync();
        await psql.WaitForExitAsync();
        await output;
        Assert.True(psql.ExitCode == 0, fault);
    }
}

[CollectionDefinition(nameof(TrytonCollection))]
public sealed class TrytonCollection : ICollectionFixture<TrytonServer>;
