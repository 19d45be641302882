using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>Repeats a unit of work that met another one: a version raised meanwhile, a row just inserted, a deadlock.</summary>
internal static class Contention
{
    private const int Times = 5;

    /// <summary>Runs the whole unit of work, which opens its own context, until it does not meet another one; the last fault is thrown.</summary>
    public static async Task<T> RepeatAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        for (var time = 1; ; time++)
        {
            try
            {
                return await work();
            }
            catch (Exception fault) when (time < Times && !cancellation.IsCancellationRequested && (fault is DbUpdateException || TransientFaults.IsTransient(fault)))
            {
                // Whoever was first has committed by now: the next look finds what he left.
            }
        }
    }
}
