using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace ControlTower.Core.Tests.Stories;

/// <summary>
/// Property tests over generated lives. The seed is printed; CONTROLTOWER_SEED repeats a run. CONTROLTOWER_LONG=1
/// tries fifty times as many, and CONTROLTOWER_CASES at most that number, for a run that is made once for each mutant.
/// </summary>
internal static class PropertyRuns
{
    private const int Count = 2_000;
    private static readonly int Times = Environment.GetEnvironmentVariable("CONTROLTOWER_LONG") == "1" ? 50 : 1;

    private static readonly int Most =
        int.TryParse(Environment.GetEnvironmentVariable("CONTROLTOWER_CASES"), CultureInfo.InvariantCulture, out var most)
            ? most
            : int.MaxValue;

    /// <summary>Holds for every pair of numbers: one generates the scenario, the other the disorder.</summary>
    public static void Hold(ITestOutputHelper output, Action<int, int> property, int count = Count)
    {
        count = Math.Min(count * Times, Most);
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("CONTROLTOWER_SEED"), out var given)
            ? given
            : (ulong)Environment.TickCount64;
        output.WriteLine($"seed {seed}, {count} cases");
        var pairs = Gen.Choose(0, int.MaxValue - 1).Two().ToArbitrary();
        Prop.ForAll(pairs, pair => property(pair.Item1, pair.Item2))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(seed, 1));
    }

    /// <summary>The same items in another order, some of them twice.</summary>
    public static List<T> Disorder<T>(IEnumerable<T> things, Random random)
    {
        var shuffled = things.ToList();
        for (var i = random.Next(shuffled.Count); i > 0; i--)
        {
            shuffled.Add(shuffled[random.Next(shuffled.Count)]);
        }

        for (var i = shuffled.Count - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }
}
