using System.Text.Json;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Facts;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Transactions;

/// <summary>I3: the same facts in any order, with any duplication, give the same state and the same decision.</summary>
public class ConvergenceTests(ITestOutputHelper output)
{
    [Fact]
    public void Order_and_duplication_change_neither_state_nor_decision() => PropertyRuns.Hold(output, (life, disorder) =>
    {
        var random = new Random(disorder);
        var facts = Contradict(World.Live(life).Facts, random);
        var (left, right) = (Story.Merge(facts), Story.Merge(PropertyRuns.Disorder(facts, random)));

        right.ToJson().ShouldBe(left.ToJson());
        var asOf = random.Next(0, 400);
        Wants(right, asOf).ShouldBe(Wants(left, asOf));
    });

    [Fact]
    public void A_retracted_fact_leaves_no_trace_in_the_state() => PropertyRuns.Hold(output, (life, disorder) =>
    {
        var random = new Random(disorder);
        var facts = Contradict(World.Live(life).Facts, random);
        var retracted = facts.Where(_ => random.Next(10) == 0).ToHashSet();
        var remaining = facts.Where(fact => !retracted.Contains(fact)).ToList();

        var rebuilt = Story.Merge(PropertyRuns.Disorder(remaining, random));
        rebuilt.ToJson().ShouldBe(Story.Merge(remaining).ToJson());
        Wants(rebuilt, 400).ShouldBe(Wants(Story.Merge(remaining), 400));
    });

    [Fact]
    public void A_state_that_was_stored_and_read_back_merges_like_one_that_was_not() => PropertyRuns.Hold(output, (life, disorder) =>
    {
        var facts = PropertyRuns.Disorder(World.Live(life).Facts, new Random(disorder));
        var state = TransactionState.Empty;
        foreach (var fact in facts)
        {
            state = TransactionState.FromJson(state.ToJson());
            state.Merge(FactJson.Deserialize(FactJson.Serialize(fact)));
        }

        state.ToJson().ShouldBe(Story.Merge(facts).ToJson());
    }, count: 200);

    /// <summary>
    /// Some senders report other content for the same state entry, send no sequence, or report the same at another
    /// time.
    /// </summary>
    private static List<Fact> Contradict(List<Fact> facts, Random random)
    {
        var said = facts.ToList();
        foreach (var fact in facts)
        {
            var other = said[random.Next(said.Count)];
            switch (random.Next(12))
            {
                case 0:
                    said.Add(fact with
                        { ContentHash = new string(fact.ContentHash.Reverse().ToArray()), Data = fact.Data with { Reason = "otherwise" } });
                    break;
                case 1:
                    said.Add(fact with { Sequence = null, Time = other.Time, Id = $"{fact.Id}'" });
                    break;
                case 2:
                    said.Add(fact with { Sequence = null, ContentHash = new string(fact.ContentHash.Reverse().ToArray()),
                        Data = fact.Data with { Location = "x" } });
                    said.Add(fact with { Sequence = null });
                    break;
                case 3:
                    said.Add(fact with { Time = other.Time, TimeIsReceipt = true });
                    break;
            }
        }

        return said;
    }

    private static string Wants(TransactionState state, double hour) =>
        JsonSerializer.Serialize(Decider.Decide(state, Landscapes.At(hour)));
}
