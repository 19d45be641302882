using System.ComponentModel.DataAnnotations;

namespace ControlTower.Core.Inbox;

/// <summary>Section <c>Inbox</c>.</summary>
public sealed record InboxOptions
{
    public const string Section = "Inbox";

    /// <summary>How long a fact may wait for a missing link before a case opens.</summary>
    [Range(1, 86_400)]
    public int DeferralPatienceSeconds { get; init; } = 120;
}
