using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Hosting;

/// <summary>Before serving: the database answers, keeps what it confirms, and has this version's tables.</summary>
internal static class DatabaseReadiness
{
    /// <exception cref="StartFault">It is not so; the sentence says what to do.</exception>
    public static async Task ThrowUnlessReadyAsync(IServiceProvider services)
    {
        if (await services.GetRequiredService<DurabilityCheck>().FaultAsync() is { } fault)
        {
            throw new StartFault(fault);
        }

        await using var db = await services.GetRequiredService<ITowerDb>().CreateDbContextAsync();
        var pending = (await db.Database.GetPendingMigrationsAsync()).Count();
        if (pending > 0)
        {
            throw new StartFault($"The database is {pending} migrations behind this version: run ControlTower.Web.dll setup first.");
        }
    }
}
