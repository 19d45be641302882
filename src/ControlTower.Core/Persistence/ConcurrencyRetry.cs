using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>
/// Repeats a unit of work that conflicted with another one: a version raised meanwhile, a row just inserted, a
/// deadlock.
/// </summary>
internal static class ConcurrencyRetry
{
    private const int Times = 5;

    /// <summary>
    /// Runs the whole unit of work, which opens its own context, until it does not conflict; the last error is thrown.
    /// </summary>
    public static Task<T> RepeatAsync<T>(Func<Task<T>> work, CancellationToken cancellation) =>
        RepeatAsync(work, static error => error is DbUpdateException || TransientErrors.IsTransient(error), cancellation);

    /// <summary>
    /// As above, but only what the database itself rolled back is repeated: a conflict with another's committed change
    /// is reported, and a commit without a response may have happened.
    /// </summary>
    public static Task RepeatUndoneAsync(Func<Task> work, CancellationToken cancellation) =>
        RepeatAsync(
            async () =>
            {
                await work();
                return true;
            },
            TransientErrors.IsUndone,
            cancellation);

    private static async Task<T> RepeatAsync<T>(Func<Task<T>> work, Func<Exception, bool> isMet, CancellationToken cancellation)
    {
        for (var time = 1; ; time++)
        {
            try
            {
                return await work();
            }
            catch (Exception error) when (time < Times && !cancellation.IsCancellationRequested && isMet(error))
            {
                // The other unit of work has committed by now: the next run finds its rows.
            }
        }
    }
}
