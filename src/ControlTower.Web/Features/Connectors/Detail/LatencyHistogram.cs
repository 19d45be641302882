namespace ControlTower.Web.Features.Connectors.Detail;

/// <summary>Times of answers by upper bounds, each of which counts the ones below it too.</summary>
internal static class LatencyHistogram
{
    /// <summary>
    /// The median in milliseconds, as if times were spread evenly between two bounds; the highest bound where it is
    /// above that, null without an answer.
    /// </summary>
    /// <param name="within">Bounds, the lowest first, with how many answers took at most that long.</param>
    public static decimal? Median(IReadOnlyList<(int Bound, int Count)> within, int answered)
    {
        if (answered <= 0)
        {
            return null;
        }

        var rank = answered / 2m;
        var (below, count) = (0, 0);
        foreach (var (bound, upTo) in within)
        {
            if (upTo >= rank)
            {
                return below + ((bound - below) * (rank - count) / (upTo - count));
            }

            (below, count) = (bound, upTo);
        }

        return below;
    }
}
