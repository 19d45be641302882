using ControlTower.Benchmarks;

if (OperatingSystem.IsWindows())
{
    Console.Error.WriteLine("The benchmark runs its own PostgreSQL cluster, which needs Linux.");
    return 2;
}

return await Steps.RunAsync(BenchmarkOptions.Parse(args));
