using System.Data.Common;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Shared;

/// <summary>
/// The life of a page: it reads for the person who looks at it, and stops reading when they leave. When a reading
/// fails, what is shown stays, and <see cref="Failed"/> is true. Changes come by <c>LiveUpdates</c> in the markup.
/// </summary>
public abstract class ReadingPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();

    protected ReadingPage() => Leaving = _leaving.Token;

    [Inject]
    protected ICurrentActor Current { get; set; } = null!;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    protected ILogger Log => field ??= Loggers.CreateLogger(GetType());

    /// <summary>The last reading failed: what is shown is as it was read before.</summary>
    protected bool Failed { get; private set; }

    /// <summary>Cancelled when the reader leaves.</summary>
    protected CancellationToken Leaving { get; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads everything that the page shows.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Reads, and remembers whether it went well.</summary>
    /// <param name="what">Whatever failed, for the log: <c>The audit could not be read</c>.</param>
    protected async Task ReadAsync(string what, Func<Task> read) => Failed = !await TryAsync(what, read);

    /// <returns>False when the database is away; true also when the reader left meanwhile.</returns>
    protected async Task<bool> TryAsync(string what, Func<Task> read)
    {
        try
        {
            await read();
            return true;
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The reader left.
            return true;
        }
        catch (Exception error) when (IsAway(error))
        {
            Log.LogWarning(error, "{What}", what);
            return false;
        }
    }

    protected static bool IsAway(Exception error) => error is DbException or TimeoutException or InvalidOperationException;

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _leaving.Cancel();
            _leaving.Dispose();
        }
    }
}
