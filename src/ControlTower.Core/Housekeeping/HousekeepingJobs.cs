using ControlTower.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Core.Housekeeping;

/// <summary>Housekeeping on a schedule: what no fact waits for.</summary>
internal static class HousekeepingJobs
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static IServiceCollection AddHousekeepingJobs(this IServiceCollection services) => services
        .AddScheduledJob<CaseSiteService>("case-sites", Minute, (worker, cancellation) => worker.KeepAsync(cancellation))
        .AddScheduledJob<SearchTermService>("search-terms", Minute, (worker, cancellation) => worker.FillAllAsync(cancellation))
        .AddScheduledJob<OutboxArchiver>("outbox-archive", Minute, (worker, cancellation) => worker.MoveAllAsync(cancellation))
        .AddScheduledJob<PayloadPurge>("payload-purge", 10 * Minute, (worker, cancellation) => worker.PurgeAllAsync(cancellation));
}
