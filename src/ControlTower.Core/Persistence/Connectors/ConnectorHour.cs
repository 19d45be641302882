using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Persistence.Connectors;

/// <summary>
/// A change of what is counted of a connector by hour of system time. A transaction that accepts messages or ends
/// attempts adds rows and never touches another's: no writer waits for another, and a crash before the commit leaves
/// neither attempt nor count. The sum of an hour's rows is its figure; a fold replaces many rows by their sums.
/// </summary>
public sealed class ConnectorHour
{
    /// <summary>Milliseconds of the answers that are counted as within them, in the order of their columns.</summary>
    internal static readonly int[] Bounds = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000];

    public long Id { get; set; }

    public required string Connector { get; set; }

    /// <summary>In which its messages were accepted and its attempts began.</summary>
    public DateTimeOffset Hour { get; set; }

    /// <summary>Messages that it sent, without repetitions.</summary>
    public int Received { get; set; }

    /// <summary>Attempts to send it a command that ended.</summary>
    public int Attempts { get; set; }

    /// <summary>Those of them that were not accepted, or not yet: an outcome that becomes known later takes one off.</summary>
    public int Failed { get; set; }

    /// <summary>Attempts that were answered within 5 ms. Each of the following includes the ones before it.</summary>
    public int Within5 { get; set; }

    public int Within10 { get; set; }

    public int Within25 { get; set; }

    public int Within50 { get; set; }

    public int Within100 { get; set; }

    public int Within250 { get; set; }

    public int Within500 { get; set; }

    public int Within1000 { get; set; }

    public int Within2500 { get; set; }

    public int Within5000 { get; set; }

    public int Within10000 { get; set; }

    /// <summary>Attempts that were accepted or rejected, however long that took.</summary>
    public int Answered { get; set; }

    /// <summary>Counts an attempt that ended.</summary>
    internal void Add(AttemptOutcome outcome, TimeSpan took)
    {
        Attempts++;
        Failed += outcome == AttemptOutcome.Accepted ? 0 : 1;
        AddAnswer(outcome, took);
    }

    /// <summary>Counts the answer to an attempt that was counted with an unknown outcome.</summary>
    internal void AddLate(AttemptOutcome outcome, TimeSpan took)
    {
        Failed -= outcome == AttemptOutcome.Accepted ? 1 : 0;
        AddAnswer(outcome, took);
    }

    private void AddAnswer(AttemptOutcome outcome, TimeSpan took)
    {
        if (outcome is not (AttemptOutcome.Accepted or AttemptOutcome.Rejected))
        {
            return;
        }

        Within5 += One(5);
        Within10 += One(10);
        Within25 += One(25);
        Within50 += One(50);
        Within100 += One(100);
        Within250 += One(250);
        Within500 += One(500);
        Within1000 += One(1000);
        Within2500 += One(2500);
        Within5000 += One(5000);
        Within10000 += One(10_000);
        Answered++;

        int One(int milliseconds) => took <= TimeSpan.FromMilliseconds(milliseconds) ? 1 : 0;
    }
}
