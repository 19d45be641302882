using System.CommandLine.Help;
using ControlTower.ContractTest;
using ControlTower.ProgramOptions;

if (args.Length == 0)
{
    ContractCommand.Command.Read(["--help"]).Invoke();
    return 2;
}

var parsed = ContractCommand.Command.Read(args);
if (parsed.Action is HelpAction)
{
    return parsed.Invoke();
}

var options = ContractOptions.Parse(args, out var errors);
if (options is null)
{
    Console.Error.WriteLine(string.Join(Environment.NewLine, errors));
    return 2;
}

using var partner = new PartnerClient(options.Url, options.Key);
var run = new ContractRun(Console.Out);
foreach (var check in Checks.For(options, partner))
{
    await run.TryAsync(check);
}

return run.Finish();
