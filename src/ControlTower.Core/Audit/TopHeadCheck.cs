using ControlTower.Core.Persistence.Audit;

namespace ControlTower.Core.Audit;

/// <summary>Whether a stored top head is genuine and no older than the anchored one. Pure; shared by sealer and verifier.</summary>
internal static class TopHeadCheck
{
    /// <summary>What is wrong with it, in one sentence; null when nothing is.</summary>
    /// <param name="reading">Read before the head: a head that is written meanwhile is then never taken for an older one.</param>
    public static string? Finding(AuditTopHead? top, AnchorReading reading, HeadSigner signer)
    {
        var (anchored, unreadable) = reading;
        if (unreadable is not null)
        {
            return unreadable;
        }

        if (top is null)
        {
            return "The top head is missing.";
        }

        if (top.Number < (anchored?.Number ?? 0))
        {
            return $"The top head is number {top.Number}, and number {anchored!.Number} was anchored outside the database: "
                + "an older state was put back.";
        }

        if (top.Number == 0)
        {
            return null;
        }

        if (!signer.Verifies(top))
        {
            return "The top head was not written by this tower.";
        }

        return top.Number == anchored?.Number && !anchored.IsOf(top)
            ? $"The top head is another one than the one that was anchored as number {top.Number}."
            : null;
    }
}
