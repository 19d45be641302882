using System.CommandLine.Help;
using System.Runtime.InteropServices;
using System.Text.Json;
using ControlTower.Sandbox.Cli;
using ControlTower.Sandbox.Hosting;
using ControlTower.Sandbox.Services;

try
{
    var parsed = SandboxCommands.Read(args);
    return parsed.Action is HelpAction ? parsed.Invoke()
        : parsed.CommandResult.Command == SandboxCommands.Serve ? await Serve(ServeOptions.From(parsed))
        : Describe(OrderSource.From(parsed));
}
catch (BadInput error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

static int Describe(OrderSource source)
{
    var orders = source.Read();
    Console.WriteLine(JsonSerializer.Serialize(new { firstOrderAt = CloudEvents.Text(orders[0].OrderedAt), orders = orders.Count }));
    return 0;
}

static async Task<int> Serve(ServeOptions options)
{
    using var stop = new CancellationTokenSource();
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    try
    {
        await using var landscape = await Landscape.Open(options, TimeProvider.System, CompletionWatcher.Quiet, Console.WriteLine);
        await landscape.Run(stop.Token);
        return 0;
    }
    catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
    {
        Console.Error.WriteLine($"The landscape ended: {error.Message}");
        return 1;
    }

    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
