using System.Collections.Concurrent;
using ControlTower.Core;
using ControlTower.Core.Hosting;
using ControlTower.Testing;
using ControlTower.Web.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlTower.EndToEnd.Tests.Jobs;

/// <summary>The scheduler of a node in this process, with these jobs and a clock of its own.</summary>
internal sealed class JobNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Lines _log;

    private JobNode(ServiceProvider services, Lines log) => (_services, _log) = (services, log);

    /// <summary>What it logged, of any level.</summary>
    public IReadOnlyCollection<string> Log => _log.Written;

    /// <param name="ahead">How much its clock is ahead of the machine's.</param>
    public static async Task<JobNode> StartAsync(string connectionString, ScheduledJob[] jobs, TimeSpan ahead = default)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:ControlTower"] = connectionString,
            ["Database:Provider"] = TestedDatabase.Name,
            ["Jobs:CheckInSeconds"] = "1",
        }).Build();
        var log = new Lines();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new ShiftedTime(ahead));
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
        services.AddCore(configuration).AddJobs(configuration);
        services.RemoveAll<ScheduledJob>();
        foreach (var job in jobs)
        {
            services.AddSingleton(job);
        }

        var node = new JobNode(services.BuildServiceProvider(), log);
        await node.Scheduler.StartAsync(CancellationToken.None);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await Scheduler.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private JobScheduler Scheduler => _services.GetServices<IHostedService>().OfType<JobScheduler>().Single();

    private sealed class ShiftedTime(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue($"{logLevel} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
