using ControlTower.Core.Persistence.Cases;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>What a list of cases is narrowed to; null or empty means everything of its kind.</summary>
public sealed record CaseFilter
{
    /// <summary>Every case that still needs work.</summary>
    public static IReadOnlyList<CaseState> Unresolved { get; } = [CaseState.Open, CaseState.Assigned, CaseState.Waiting];

    public IReadOnlyList<CaseState> States { get; init; } = [];

    public string? Team { get; init; }

    public string? ReasonCode { get; init; }

    public string? Connector { get; init; }

    public string? Site { get; init; }

    public string? Assignee { get; init; }

    /// <summary>What finds the order in every list, text of the message, or the case's own number.</summary>
    public string? Search { get; init; }

    /// <summary>Opened at or after, business time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Opened before, business time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Null for the list's own order.</summary>
    public CaseSort? Sort { get; init; }

    /// <summary>
    /// Work is listed by what is due first; a list that has ended cases in it, newest first.
    /// </summary>
    public bool ByDue => States.Count > 0 && States.All(state => state < CaseState.Resolved);

    /// <summary>The order that is shown.</summary>
    public CaseSort Order => Sort ?? Sorts[0];

    /// <summary>Orders that this list can have, its own first: history has no index by money.</summary>
    public IReadOnlyList<CaseSort> Sorts => ByDue ? [CaseSort.Due, CaseSort.Newest, CaseSort.MostMoney]
        : States is [CaseState.Waived] ? [CaseSort.Newest, CaseSort.MostMoney]
        : [CaseSort.Newest];

    /// <summary>In that order where the list can have it, else in its own.</summary>
    public CaseFilter SortedBy(CaseSort? sort) => this with { Sort = Sorts.Skip(1).Any(other => other == sort) ? sort : null };

    /// <summary>States as a request writes them: names separated by commas, or <c>unresolved</c>.</summary>
    /// <param name="error">One sentence when a name is not a state.</param>
    public static IReadOnlyList<CaseState> ReadStates(string? text, out string? error)
    {
        error = null;
        var states = new List<CaseState>();
        foreach (var word in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (word is "unresolved")
            {
                states.AddRange(Unresolved);
            }
            else if (!char.IsDigit(word[0]) && Enum.TryParse<CaseState>(word, ignoreCase: true, out var state))
            {
                states.Add(state);
            }
            else
            {
                error = "state: open, assigned, waiting, resolved, waived, discarded or unresolved, with commas between several.";
            }
        }

        return states;
    }
}
