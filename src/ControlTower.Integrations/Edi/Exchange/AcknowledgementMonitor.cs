using System.Globalization;
using ControlTower.Core.Cases;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Files;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Keeps the cases of a partner equal to the interchanges that it has not answered by 997 in the agreed time.</summary>
internal sealed class AcknowledgementMonitor(
    string connector, PartnerProfile profile, AwaitedAnswers answers, IMissingAnswerCases cases, TimeProvider time)
{
    /// <summary>
    /// Longer than the grace period of a missing acknowledgement: a file that came in time must be stable and read
    /// before it counts.
    /// </summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(30);

    private readonly string _keyPrefix = $"edi:{connector}:997:";
    private int? _reported;

    /// <summary>After the folder was read to its end.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        var missing = Missing();
        if (missing.Count > 0 || _reported is not 0)
        {
            await cases.FollowAsync(connector, _keyPrefix, missing, cancellation);
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
        return [.. answers.Unanswered(due).Select(issued => new MissingAnswer(
            string.Create(CultureInfo.InvariantCulture, $"{_keyPrefix}{issued.Number:000000000}"), issued.Key, Sentence(issued)))];
    }

    private string Sentence(IssuedNumber issued) => string.Create(
        CultureInfo.InvariantCulture,
        $"Interchange {issued.Number} for {issued.Key} was handed over on {issued.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, and no 997 came "
        + $"within {profile.AcknowledgedWithinHours} hours.");
}
