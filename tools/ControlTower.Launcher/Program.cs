using System.Runtime.InteropServices;
using ControlTower.Launcher;
using ControlTower.Launcher.Options;
using ControlTower.Launcher.Run;

var (options, errors) = LaunchCommand.Parse(args);
if (options.Help)
{
    Console.Write(UsageText.Make());
    return 0;
}

if (errors.Count > 0)
{
    Console.Error.WriteLine(string.Join(Environment.NewLine, errors));
    return LaunchException.BadInput;
}

var inherited = InheritedEnvironment.OfThisProcess();
using var stop = new CancellationTokenSource();
using var interrupt = OnSignal(PosixSignal.SIGINT);
using var terminate = OnSignal(PosixSignal.SIGTERM);
using var hangUp = OnSignal(PosixSignal.SIGHUP);
try
{
    if (options.PrintApiKey is not null)
    {
        Console.WriteLine(await ApiKey.MakeAsync(options, Parts.For(options.Watch), inherited, stop.Token));
        return 0;
    }

    using var launch = new Launch(options, Parts.For(options.Watch), inherited, Console.WriteLine);
    await launch.RunAsync(stop.Token);
    return 0;
}
catch (LaunchException error)
{
    Console.Error.WriteLine(error.Message);
    return error.ExitCode;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"The run ended on a error of the machine: {broken.Message}");
    return LaunchException.Failure;
}

// By default these signals end the process at once; here they request an orderly end.
PosixSignalRegistration OnSignal(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
{
    context.Cancel = true;
    stop.Cancel();
});
