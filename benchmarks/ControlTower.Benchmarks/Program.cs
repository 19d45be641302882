using System.CommandLine.Help;
using ControlTower.Benchmarks;
using ControlTower.Benchmarks.Lists;
using ControlTower.ProgramOptions;

var parsed = BenchmarkCommand.Root.Read(args);
if (parsed.Action is HelpAction)
{
    return parsed.Invoke();
}

var command = parsed.CommandResult.Command;
IReadOnlyList<string> errors = command == ListsCommand.Command
    ? ["lists: say load or measure after it; see lists --help."]
    : parsed.FindErrors("see --help");
if (errors.Count > 0)
{
    Console.Error.WriteLine(string.Join(Environment.NewLine, errors));
    return 2;
}

if (command == BenchmarkCommand.Edi)
{
    Console.WriteLine(EdiBenchmark.Run());
    return 0;
}

if (OperatingSystem.IsWindows())
{
    Console.Error.WriteLine("The benchmark runs its own PostgreSQL cluster, which needs Linux.");
    return 2;
}

return command == BenchmarkCommand.Root
    ? await Steps.RunAsync(BenchmarkCommand.Take(parsed))
    : await ListsRun.RunAsync(command == ListsCommand.Load, ListsCommand.Take(parsed));
