using ControlTower.Sandbox.Plans;

namespace ControlTower.Sandbox.Outgoing;

/// <summary>
/// Brings a run of facts into disorder: shuffled, some twice, some of earlier runs repeated. Facts that belong together
/// stay together and in order. Nothing is lost, and the content under an id stays the same.
/// </summary>
internal sealed class Disorder(ScenarioConditions weather, string connector)
{
    private const int Remembered = 100;
    private const int EarlierShare = 5;

    private readonly Random _random = new(weather.Draw(connector, int.MaxValue));
    private readonly List<OutgoingFact[]> _earlier = [];

    /// <summary>The run in disorder, with duplicates.</summary>
    public IReadOnlyList<OutgoingFact> Stir(IReadOnlyList<OutgoingFact> run)
    {
        if (run.Count == 0)
        {
            return run;
        }

        var groups = Groups(run);
        var again = groups.Where(_ => Chance(ScenarioConditions.DuplicateShare)).Concat(_earlier.Where(_ => Chance(EarlierShare)));
        OutgoingFact[][] stirred = [.. groups, .. again];
        _random.Shuffle(stirred);
        Remember(groups);
        return [.. stirred.SelectMany(group => group)];
    }

    /// <summary>Takes some groups out of the run, to be sent behind later ones.</summary>
    public List<OutgoingFact> HoldBack(List<OutgoingFact> run)
    {
        var held = Groups(run).Where(_ => Chance(ScenarioConditions.StragglerShare)).SelectMany(group => group).ToList();
        run.RemoveAll(held.Contains);
        return held;
    }

    private static List<OutgoingFact[]> Groups(IReadOnlyList<OutgoingFact> run)
    {
        var groups = new List<OutgoingFact[]>();
        foreach (var fact in run)
        {
            if (fact.Together && groups.Count > 0)
            {
                groups[^1] = [.. groups[^1], fact];
                continue;
            }

            groups.Add([fact]);
        }

        return groups;
    }

    private void Remember(List<OutgoingFact[]> groups)
    {
        _earlier.AddRange(groups.Where(_ => Chance(EarlierShare)));
        if (_earlier.Count > Remembered)
        {
            _earlier.RemoveRange(0, _earlier.Count - Remembered);
        }
    }

    private bool Chance(int percent) => _random.Next(100) < percent;
}
