using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Policies;

/// <summary>
/// In which order commands for one connector are sent. Urgent goes before normal before bulk, but each class only has a
/// limited lead: a bulk command that has waited <see cref="BulkWaitsMinutes"/> longer than an urgent one goes first. So
/// none starves, however many urgent ones there are.
/// </summary>
public sealed record PacePolicy
{
    /// <summary>
    /// Hours of business time before the promised delivery within which commands for warehouse and transport are
    /// urgent; late ones are, too.
    /// </summary>
    public int UrgentWithinHours { get; init; } = 24;

    /// <summary>Customer segments whose commands are always urgent.</summary>
    public IReadOnlyList<string> UrgentSegments { get; init; } = [];

    /// <summary>Minutes of system time by which a normal command is delayed against an urgent one.</summary>
    public int NormalWaitsMinutes { get; init; } = 15;

    /// <summary>Minutes of system time by which a bulk command is delayed against an urgent one.</summary>
    public int BulkWaitsMinutes { get; init; } = 60;

    /// <summary>
    /// Command kinds that are gathered before they are sent, with the window in milliseconds of system time: what is
    /// wanted within one window is claimed, revalidated and recorded together. Meant for runs such as the postings at
    /// month-end.
    /// </summary>
    public IReadOnlyDictionary<string, int> GatherMilliseconds { get; init; } = new Dictionary<string, int>
        { [CommandKinds.PostInvoice] = 50 };
}
