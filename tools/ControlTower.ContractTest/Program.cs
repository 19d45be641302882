using ControlTower.ContractTest;

if (args.Length == 0 || args.Contains("--help"))
{
    Console.WriteLine(ContractOptions.Help);
    return args.Length == 0 ? 2 : 0;
}

var options = ContractOptions.Parse(args, out var errors);
if (options is null)
{
    errors.ForEach(Console.Error.WriteLine);
    return 2;
}

using var partner = new PartnerClient(options.Url, options.Key);
var run = new ContractRun(Console.Out);
foreach (var check in Checks.For(options, partner))
{
    await run.TryAsync(check);
}

return run.Finish();
