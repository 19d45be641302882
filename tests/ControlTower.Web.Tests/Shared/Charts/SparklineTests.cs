using Bunit;
using ControlTower.Web.Shared.Kit.Charts;

namespace ControlTower.Web.Tests.Shared.Charts;

/// <summary>A line of hours: its text alternative and its shape.</summary>
public sealed class SparklineTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Hour = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly BunitContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void The_image_names_the_last_value_and_the_highest_with_its_hour()
    {
        var spark = Render(3, 9, 4);

        spark.Find("svg[role=img]").GetAttribute("aria-label")
            .ShouldBe("Orders picked: 4 per h in this hour, at most 9 per h at 2 Mar 13:00 UTC");
        spark.Find(".last").TextContent.ShouldBe("4 per h");
    }

    [Fact]
    public void Zero_is_at_the_bottom_and_the_highest_value_at_the_top() => PathOf(Render(0, 10)).ShouldBe("M2 22L94 2");

    [Fact]
    public void Nothing_but_zeros_is_a_line_at_the_bottom()
    {
        PathOf(Render(0, 0)).ShouldBe("M2 22L94 22");
        Render(0, 0).Find("svg").GetAttribute("aria-label").ShouldBe("Orders picked: 0 per h in this hour, and none before");
    }

    [Fact]
    public void One_value_is_a_dash() => PathOf(Render(7)).ShouldBe("M48 2h1");

    [Fact]
    public void The_line_is_broken_where_nothing_is_known() => PathOf(Render(5, null, 5, 5)).ShouldBe("M2 2h1M63 2L94 2");

    [Fact]
    public void Without_a_value_the_space_is_kept_and_the_image_reports_it()
    {
        var spark = Render();

        spark.Find("svg").GetAttribute("aria-label").ShouldBe("Orders picked: no figures");
        spark.Find(".last").TextContent.ShouldBe("–");
        PathOf(spark).ShouldBeEmpty();
    }

    [Fact]
    public void A_series_has_every_hour_and_ends_with_the_current_one()
    {
        var series = HourSeries.From(Hour.AddMinutes(59), hour => hour == Hour ? 3 : 0);

        series.Count.ShouldBe(HourSeries.Hours);
        series[0].Hour.ShouldBe(Hour.AddHours(-23));
        series[^1].ShouldBe(new HourValue(Hour, 3));
    }

    private static string? PathOf(IRenderedComponent<Sparkline> spark) => spark.Find("path").GetAttribute("d");

    private IRenderedComponent<Sparkline> Render(params decimal?[] values) => _context.Render<Sparkline>(parameters => parameters
        .Add(s => s.Label, "Orders picked")
        .Add(s => s.Values, [.. values.Select((value, index) => new HourValue(Hour.AddHours(index), value))])
        .Add(s => s.Format, value => $"{value} per h"));
}
