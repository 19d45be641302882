using ControlTower.Benchmarks;
using ControlTower.Benchmarks.Lists;

if (args is ["edi", ..])
{
    Console.WriteLine(EdiBenchmark.Run());
    return 0;
}

if (OperatingSystem.IsWindows())
{
    Console.Error.WriteLine("The benchmark runs its own PostgreSQL cluster, which needs Linux.");
    return 2;
}

return args is ["lists", ..] ? await ListsVerb.RunAsync(args[1..]) : await Steps.RunAsync(BenchmarkOptions.Parse(args));
