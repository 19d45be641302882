using System.Globalization;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Files;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Keeps the cases of a partner equal to the interchanges that it has not answered by 997 in the agreed time.</summary>
internal sealed class AcknowledgementMonitor(
    string connector, PartnerProfile profile, AwaitedAnswers answers, IAnswerCases cases, TimeProvider time)
{
    /// <summary>More than a missing answer's fair chance: a file that came in time has to rest and to be read before it counts.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(30);

    private int? _reported;

    /// <summary>After the folder was read to its end.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        var missing = Missing();
        if (missing.Count > 0 || _reported is not 0)
        {
            await cases.FollowAsync(connector, missing, cancellation);
        }

        _reported = missing.Count;
    }

    private List<MissingAnswer> Missing()
    {
        if (profile.AcknowledgedWithinHours == 0)
        {
            return [];
        }

        var due = time.GetUtcNow() - TimeSpan.FromHours(profile.AcknowledgedWithinHours) - TimeSpan.FromSeconds(
            profile.StableSeconds) - GracePeriod;
        return [.. answers.Unanswered(due).Select(issued => new MissingAnswer(issued.Number, issued.Key, Sentence(issued)))];
    }

    private string Sentence(IssuedNumber issued) => string.Create(
        CultureInfo.InvariantCulture,
        $"Interchange {issued.Number} for {issued.Key} was handed over on {issued.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, and no 997 came "
        + $"within {profile.AcknowledgedWithinHours} hours.");
}

/// <param name="Key">The command whose document it was.</param>
/// <param name="Sentence">For people.</param>
internal sealed record MissingAnswer(int Number, string Key, string Sentence);

/// <summary>Where missing answers become exceptions.</summary>
internal interface IAnswerCases
{
    /// <summary>
    /// Opens a case for each that has none and closes those whose cause is gone. What a person ended stays so. One
    /// transaction; of many new ones some may be left for the next time.
    /// </summary>
    Task FollowAsync(string connector, IReadOnlyList<MissingAnswer> missing, CancellationToken cancellation);
}
