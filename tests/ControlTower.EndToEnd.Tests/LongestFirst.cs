using ControlTower.EndToEnd.Tests;
using ControlTower.EndToEnd.Tests.Browser;
using ControlTower.EndToEnd.Tests.Connectors;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.EndToEnd.Tests.Launcher;
using ControlTower.EndToEnd.Tests.Outbox;
using ControlTower.EndToEnd.Tests.RabbitMq;
using ControlTower.EndToEnd.Tests.Tryton;
using ControlTower.EndToEnd.Tests.Vendors;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace ControlTower.EndToEnd.Tests;

/// <summary>
/// Starts the collections that take minutes first; those that take seconds fill the gaps. In any other order (xunit's
/// own changes with the checkout's path) a long one that starts last runs alone for minutes.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>Names of collections, or of classes that are a collection by themselves; the longest first.</summary>
    private static readonly string[] Long =
    [
        nameof(StoryCollection), nameof(LandscapeCollection), nameof(BrowserCollection), nameof(RabbitCollection), nameof(TrytonCollection),
        nameof(RunTests), nameof(DispatchTests), nameof(MutualTlsTests), nameof(StripeOrderTests), nameof(CrashPointTests),
        nameof(EasyPostOrderTests),
        nameof(PrivateClusterTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Rank(collection))
            .ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Rank(ITestCollection collection)
    {
        var rank = Array.FindIndex(Long, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal));
        return rank < 0 ? Long.Length : rank;
    }
}
