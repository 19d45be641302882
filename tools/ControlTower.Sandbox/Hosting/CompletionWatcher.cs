using ControlTower.Sandbox.Services;

namespace ControlTower.Sandbox.Hosting;

/// <summary>
/// Reports when nothing is left to do: nothing planned, everything sent, and no command for a while. A tower that was
/// unavailable or slow and has just taken what waited for it has had no time to send a command.
/// </summary>
/// <param name="quiet">How long, in system time, nothing may have been unsent and no command may have come.</param>
internal sealed class CompletionWatcher(Floor floor, Systems systems, TimeSpan quiet, Action<string> print)
{
    public const string Sentence = "landscape settled";
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Factor of the wait while a command that was postponed, or whose answer was lost, has not come again, or while
    /// orders are in progress.
    /// </summary>
    private const int PatienceWhenOwing = 6;

    private long _saidAt = -1;
    private long _busyAt = floor.System.GetTimestamp();

    public bool Settled
    {
        get
        {
            lock (floor.Gate)
            {
                var patience = floor.Traffic.Owing || systems.Unfinished ? quiet * PatienceWhenOwing : quiet;
                return !IsBusy && floor.System.GetElapsedTime(_busyAt) >= patience && floor.Traffic.Quiet >= patience;
            }
        }
    }

    private bool IsBusy => floor.Agenda.Count > 0 || systems.Unsent > 0;

    /// <summary>Reports it once: again only after something more has happened.</summary>
    public void Look()
    {
        lock (floor.Gate)
        {
            _busyAt = IsBusy ? floor.System.GetTimestamp() : _busyAt;
        }

        var activity = floor.Activity;
        if (activity != _saidAt && Settled)
        {
            _saidAt = activity;
            print(Sentence);
        }
    }
}
