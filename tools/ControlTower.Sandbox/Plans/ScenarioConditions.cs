using System.Text;

namespace ControlTower.Sandbox.Plans;

/// <summary>
/// Failures of the traffic between the landscape and the tower by scenario, drawn from the seed and a key.
/// </summary>
internal sealed class ScenarioConditions(ScenarioName scenario, int seed, DateTimeOffset firstOrderAt)
{
    /// <summary>The share of facts, in percent, that are sent a second time.</summary>
    public const int DuplicateShare = 30;

    /// <summary>The share of facts, in percent, that are delayed behind later ones.</summary>
    public const int StragglerShare = 15;

    private const int CutShare = 10;
    private const int GatewayTimeoutShare = 5;
    private const int SilentShare = 1;

    public int Seed => seed;

    public bool Disorder => scenario == ScenarioName.DuplicatesAndDisorder;

    /// <summary>How the answer to a command is lost after its effect. Only a key's first answer is lost.</summary>
    public AnswerLoss LossOf(string key)
    {
        if (scenario != ScenarioName.AnswersLost)
        {
            return AnswerLoss.None;
        }

        var ticket = Draw(key, 100);
        return ticket < CutShare ? AnswerLoss.ConnectionCut
            : ticket < CutShare + GatewayTimeoutShare ? AnswerLoss.GatewayTimeout
            : ticket < CutShare + GatewayTimeoutShare + SilentShare ? AnswerLoss.Silence
            : AnswerLoss.None;
    }

    /// <summary>The end of the carriers' outage at this business time; null outside of one.</summary>
    public DateTimeOffset? OutageUntil(DateTimeOffset business)
    {
        if (CarrierOutages.For(scenario) is not { } outages || business < firstOrderAt + outages.After)
        {
            return null;
        }

        var into = TimeSpan.FromTicks((business - firstOrderAt - outages.After).Ticks % outages.Every.Ticks);
        return into < outages.Length ? business - into + outages.Length : null;
    }

    /// <summary>
    /// A number from 0 to below <paramref name="sides"/> that depends on the seed and the text only (FNV-1a).
    /// </summary>
    public int Draw(string text, int sides)
    {
        var hash = 2166136261u ^ (uint)seed;
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ octet) * 16777619u;
        }

        return (int)((hash ^ (hash >> 15)) % (uint)sides);
    }
}

/// <summary>What happens to an answer after its effect is in the book.</summary>
internal enum AnswerLoss
{
    None,
    ConnectionCut,
    GatewayTimeout,

    /// <summary>No answer until the caller gives up.</summary>
    Silence,
}
