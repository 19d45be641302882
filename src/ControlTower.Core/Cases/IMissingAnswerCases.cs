namespace ControlTower.Core.Cases;

/// <summary>Where a connector reports the acknowledgements that its partner owes.</summary>
public interface IMissingAnswerCases
{
    /// <summary>
    /// Opens a case for each answer that has none and closes those whose cause is gone. What a person ended stays so. One
    /// transaction; of many new ones some may be left for the next run.
    /// </summary>
    /// <param name="keyPrefix">Begins every case key of this kind of answer and connector, and no other.</param>
    Task FollowAsync(string connector, string keyPrefix, IReadOnlyList<MissingAnswer> missing, CancellationToken cancellation);
}

/// <param name="CaseKey">One per answer, for ever.</param>
/// <param name="CommandKey">The command that was sent.</param>
/// <param name="Sentence">For people.</param>
public sealed record MissingAnswer(string CaseKey, string CommandKey, string Sentence);
