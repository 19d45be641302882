using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Statements;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>
/// Gives a job to one owner at a time. An owner that is gone loses it when its time is over, by the database's clock: the clocks of
/// nodes differ.
/// </summary>
public sealed class JobLeases(ITowerDb database, TowerClocks clocks)
{
    /// <summary>Takes or prolongs the lease in one statement. False while another owner has it.</summary>
    public async Task<bool> TakeAsync(string name, string owner, TimeSpan time, CancellationToken cancellation = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await db.Database.ExecuteSqlAsync(LeaseStatements.Take(database.Provider, name, owner, time), cancellation) > 0;
    }

    /// <summary>Releases the lease early; without a lease nothing changes.</summary>
    public async Task GiveBackAsync(string name, string owner)
    {
        await using var db = await database.CreateDbContextAsync();
        await db.JobLeases.Where(l => l.Name == name && l.Owner == owner).ExecuteDeleteAsync();
    }

    /// <summary>Does the work while the lease is this owner's; once it is lost, or cannot be prolonged, the work is cancelled.</summary>
    /// <param name="owner">Of this run: another run of the same process is another owner.</param>
    /// <returns>False, and no work done, while another owner has the lease.</returns>
    public async Task<bool> RunAsync(
        string name, string owner, TimeSpan time, Func<CancellationToken, Task> work, CancellationToken cancellation = default)
    {
        if (!await TakeAsync(name, owner, time, cancellation))
        {
            return false;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var renewal = RenewAsync(name, owner, time, end);
        try
        {
            await work(end.Token);
        }
        finally
        {
            await end.CancelAsync();
            await renewal;
            await GiveBackAsync(name, owner);
        }

        return true;
    }

    private async Task RenewAsync(string name, string owner, TimeSpan time, CancellationTokenSource end)
    {
        try
        {
            do
            {
                await Task.Delay(time / 3, clocks.System, end.Token);
            }
            while (await TakeAsync(name, owner, time, end.Token));
        }
        catch (Exception error) when (error is OperationCanceledException || TransientErrors.IsTransient(error))
        {
            // The work ended; or the database is away, and the work must end before the lease does.
        }
        finally
        {
            await end.CancelAsync();
        }
    }
}
