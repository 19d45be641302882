using ControlTower.Web.Shared;

namespace ControlTower.Web.Features.Tower.Needs;

/// <summary>One row of "Needs you".</summary>
/// <param name="Key">The same for the same matter in the next snapshot: its row stays.</param>
/// <param name="Look">Word, icon and colour of its kind.</param>
/// <param name="Text">What it is, as a sentence; it begins with the number of what its action opens.</param>
/// <param name="Money">What it is about, by currency: the sum of the list that its action opens.</param>
/// <param name="DueAt">Business time: until when, or since when it is overdue; null where it has no time.</param>
/// <param name="Owner">Who has to act.</param>
/// <param name="Action">Null where the viewer may do nothing and see nothing more.</param>
/// <param name="Urgency">See <see cref="Tower.Urgency"/>.</param>
public sealed record Need(
    string Key,
    NeedKind Kind,
    StateDisplay Look,
    string Text,
    IReadOnlyList<Sum> Money,
    DateTimeOffset? DueAt,
    string Owner,
    NeedAction? Action,
    double Urgency)
{
    /// <summary>Somebody else has to act: it comes last.</summary>
    public bool IsQuiet { get; init; }
}

/// <summary>What a row is about; of equally urgent rows the earlier kind is first.</summary>
public enum NeedKind
{
    System,
    Exception,
    Exceptions,
    Late,
    Approval,
    Held,
    AtRisk,
    Waived,
    ApprovalOfOthers,
}

/// <summary>What the viewer can do about it.</summary>
/// <param name="Verb">Text of the link or button.</param>
/// <param name="Href">The list or page that it opens; null for a button.</param>
/// <param name="Resume">The paused system that the button resumes; null for a link.</param>
public sealed record NeedAction(string Verb, string? Href, string? Resume = null);
