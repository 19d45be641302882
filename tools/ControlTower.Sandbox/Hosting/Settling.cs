using ControlTower.Sandbox.Services;

namespace ControlTower.Sandbox.Hosting;

/// <summary>
/// Says so when nothing is left to do: nothing planned, everything handed over, and no command for a while since. A tower that has just taken what waited for it, because it was
/// away or slow, has had no time to command anything.
/// </summary>
/// <param name="quiet">For how long, in system time, nothing may have been left to hand over and no command may have come.</param>
internal sealed class Settling(Floor floor, Systems systems, TimeSpan quiet, Action<string> print)
{
    public const string Sentence = "landscape settled";
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    /// <summary>How many times as long to wait for a command that was put off, or whose answer was lost, or while orders are on their way.</summary>
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

    /// <summary>Says it once per settling: again only after something more has happened.</summary>
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
