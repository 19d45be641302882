using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Web.Features.Connectors.Detail;

namespace ControlTower.Web.Tests.Connectors;

public sealed class LatencyHistogramTests
{
    private static readonly (int Bound, int Count)[] Bounds = [(5, 0), (10, 2), (25, 8), (50, 8)];

    [Fact]
    public void Without_an_answer_there_is_no_median() => LatencyHistogram.Median([(5, 0), (10, 0)], 0).ShouldBeNull();

    [Fact]
    public void The_median_lies_between_the_bounds_of_the_answer_in_the_middle() =>
        LatencyHistogram.Median(Bounds, answered: 8).ShouldBe(15m);

    [Fact]
    public void A_median_at_a_bound_is_that_bound() => LatencyHistogram.Median(Bounds, answered: 4).ShouldBe(10m);

    [Fact]
    public void A_median_above_the_highest_bound_is_shown_as_that() => LatencyHistogram.Median(Bounds, answered: 20).ShouldBe(50m);

    [Fact]
    public void One_answer_counts_within_every_bound_from_its_time_on()
    {
        foreach (var bound in ConnectorHour.Bounds)
        {
            var row = new ConnectorHour { Connector = "wms" };

            row.Add(AttemptOutcome.Rejected, TimeSpan.FromMilliseconds(bound));

            (row.Attempts, row.Failed, row.Answered).ShouldBe((1, 1, 1));
            ConnectorHour.Bounds.Where(other => Within(row, other) == 1).ShouldBe(ConnectorHour.Bounds.Where(other => other >= bound));
        }
    }

    private static int Within(ConnectorHour row, int bound) =>
        (int)typeof(ConnectorHour).GetProperty($"Within{bound}")!.GetValue(row)!;
}
