using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ControlTower.EndToEnd.Tests.RabbitMq;

/// <summary>
/// A real broker with its own node name, folder, ports and epmd, all on loopback and all ended by their pids. It can be
/// stopped, killed and started again on its data.
/// </summary>
public sealed class RabbitServer : IAsyncLifetime
{
    /// <summary>May do everything; declares the tests' queues.</summary>
    public const string Admin = "owner";

    /// <summary>
    /// May read every queue and write to every exchange, and declare only exchanges that begin with <c>tower.</c>.
    /// </summary>
    public const string Tower = "tower";

    public const string Password = "hunter2 is not it";
    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-rabbit-").FullName;
    private readonly ReservedPort[] _ports = [new(), new(), new(), new()];
    private readonly ConcurrentQueue<string> _lines = new();
    private Process? _epmd;
    private Process? _server;

    public int Port => _ports[0].Number;

    /// <summary>The port for TLS, with a certificate that only <see cref="Authority"/> signed.</summary>
    public int TlsPort => _ports[1].Number;

    /// <summary>A file with the certificate of the broker's own authority.</summary>
    public string Authority => Path.Combine(_folder, BrokerCertificates.Authority);

    public async ValueTask InitializeAsync()
    {
        if (!RabbitInstall.IsThere)
        {
            return;
        }

        await BrokerCertificates.WriteAsync(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "definitions.json"), Definitions());
        await File.WriteAllTextAsync(Path.Combine(_folder, "rabbitmq.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            listeners.tcp.1 = 127.0.0.1:{Port}
            listeners.ssl.1 = 127.0.0.1:{TlsPort}
            ssl_options.cacertfile = {Authority}
            ssl_options.certfile = {_folder}/{BrokerCertificates.Certificate}
            ssl_options.keyfile = {_folder}/{BrokerCertificates.Key}
            ssl_options.verify = verify_none
            ssl_options.fail_if_no_peer_cert = false
            load_definitions = {_folder}/definitions.json
            log.file = false
            log.console = true
            log.console.level = warning
            """));
        await File.WriteAllTextAsync(Path.Combine(_folder, "enabled_plugins"), "[].");
        await File.WriteAllTextAsync(Path.Combine(_folder, "env.conf"), "");
        _epmd = Start("/usr/bin/epmd", []);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(_server, kill: true);
        await EndAsync(_epmd, kill: true);
        _ports.ToList().ForEach(port => port.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    public async Task StartAsync()
    {
        _server = Start(Path.Combine(RabbitInstall.Programs, "rabbitmq-server"), []);
        await Eventually.AsyncIs(AnswersAsync, () => $"The broker does not answer: {string.Join('\n', _lines.TakeLast(30))}");
    }

    /// <summary>Kills the broker with <c>kill -9</c> and starts it again on what it had written.</summary>
    public async Task KillAndRestartAsync()
    {
        await EndAsync(_server, kill: true);
        await StartAsync();
    }

    /// <summary>Stops the broker in order and starts it again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public Task StopAsync() => EndAsync(_server, kill: false);

    /// <summary>A connection as the other side makes it.</summary>
    public Task<IConnection> ConnectAsync(string user = Admin, bool recovers = false) => new ConnectionFactory
    {
        HostName = "127.0.0.1",
        Port = Port,
        UserName = user,
        Password = Password,
        AutomaticRecoveryEnabled = recovers,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(2),
    }.CreateConnectionAsync(TestContext.Current.CancellationToken);

    /// <summary>Returns when a client that was cut off may sign in again.</summary>
    public Task BackAsync() => Eventually.AsyncIs(StandsAsync, () => "The broker does not come back.");

    private async Task<bool> AnswersAsync()
    {
        var stands = await StandsAsync();
        Assert.False(!stands && _server!.HasExited, string.Join('\n', _lines.TakeLast(30)));
        return stands;
    }

    private async Task<bool> StandsAsync()
    {
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        try
        {
            await using var connection = await ConnectAsync();
            return true;
        }
        catch (BrokerUnreachableException)
        {
            return false;
        }
    }

    private Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
            { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (var (name, value) in Settings())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["HOME"] = _folder,
        ["RABBITMQ_NODENAME"] = string.Create(CultureInfo.InvariantCulture, $"control-tower-{Port}@localhost"),
        ["RABBITMQ_DIST_PORT"] = _ports[2].Number.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        ["ERL_EPMD_PORT"] = _ports[3].Number.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder, "log"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder, "rabbitmq"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_folder, "env.conf"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder, "enabled_plugins"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(_folder, "pid"),

        // Starts Erlang in place of the script, so that the pid is the broker's.
        ["RUNNING_UNDER_SYSTEMD"] = "1",
    };

    private static async Task EndAsync(Process? process, bool kill)
    {
        if (process is not { HasExited: false })
        {
            return;
        }

        if (kill)
        {
            process.Kill(entireProcessTree: true);
        }
        else
        {
            using var stop = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(patience.Token);
    }

    private static string Definitions() => JsonSerializer.Serialize(new
    {
        vhosts = new[] { new { name = "/" }, new { name = "other" } },
        users = new[] { User(Admin, "administrator"), User(Tower, "") },
        permissions = new[]
        {
            new { user = Admin, vhost = "/", configure = ".*", write = ".*", read = ".*" },
            new { user = Tower, vhost = "/", configure = "^tower\\..*", write = ".*", read = ".*" },
        },
    });

    /// <summary>As RabbitMQ keeps passwords: four bytes of salt, then SHA-256 over salt and password.</summary>
    private static object User(string name, string tags)
    {
        byte[] salt = [1, 2, 3, 4];
        var hash = SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(Password)]);
        return new { name, password_hash = Convert.ToBase64String([.. salt, .. hash]), hashing_algorithm = "rabbit_password_hashing_sha256",
            tags, limits = new { } };
    }
}

[CollectionDefinition(nameof(RabbitCollection))]
public sealed class RabbitCollection : ICollectionFixture<RabbitServer>;
