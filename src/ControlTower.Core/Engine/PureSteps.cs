using System.Runtime.ExceptionServices;

namespace ControlTower.Core.Engine;

/// <summary>
/// Pure work on many items, shared among the cores: while a cycle computes, its database waits, and so does a core.
/// </summary>
internal static class PureSteps
{
    /// <summary>Fewer are done faster on one core.</summary>
    private const int WorthSharing = 32;

    /// <summary>
    /// Does <paramref name="work"/> for each index; it touches nothing but what belongs to its index.
    /// </summary>
    /// <exception cref="Exception">The first that the work threw, as it was thrown.</exception>
    public static void For(int count, Action<int> work)
    {
        if (count < WorthSharing)
        {
            for (var i = 0; i < count; i++)
            {
                work(i);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, work);
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.Flatten().InnerExceptions[0]);
        }
    }
}
