using Bunit;
using ControlTower.Web.Shared.Kit.Charts;

namespace ControlTower.Web.Tests.Shared.Charts;

/// <summary>Instants on a scaled axis: in proportion, readable, and named in the text alternative.</summary>
public sealed class TimeLineTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly BunitContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void The_image_names_every_mark_with_its_row_and_its_time_in_the_zone()
    {
        var line = Render(
            Start.AddHours(1), "Europe/Berlin", Planned(("Delivered", 30)), Actual(("Accepted", 0), ("Picked", 5)));

        line.Find("svg[role=img]").GetAttribute("aria-label").ShouldBe(
            "Planned: Delivered 3 Mar 15:00 UTC+1; Actual: Accepted 2 Mar 09:00 UTC+1, Picked 2 Mar 14:00 UTC+1");
    }

    [Fact]
    public void A_line_of_several_days_with_two_of_each_hour_and_mark_is_drawn_again()
    {
        var line = Render(Start.AddHours(1), "UTC", Planned(("Delivered", 60), ("Delivered", 70)), Actual(("Accepted", 0)));
        var axis = line.FindAll("text.axis").Select(text => text.TextContent).ToList();
        axis.Distinct().Count().ShouldBeLessThan(axis.Count);

        line.Render(with => with.Add(chart => chart.Now, Start.AddHours(2)));

        line.FindAll("text.axis").Select(text => text.TextContent).ShouldBe(axis);
    }

    [Fact]
    public void Marks_are_placed_in_proportion_to_their_times()
    {
        var marks = Placed(Start.AddHours(20), Actual(("Accepted", 0), ("Picked", 10), ("Shipped", 20)));

        (marks[1].Percent - marks[0].Percent).ShouldBe(marks[2].Percent - marks[1].Percent, 0.2);
    }

    [Fact]
    public void Marks_within_an_hour_of_a_long_line_are_one_with_both_names()
    {
        var marks = Placed(Start.AddDays(8), Actual(("Picked", 0), ("Packed", 0.5), ("Delivered", 190)));

        marks.Select(mark => mark.Text).ShouldBe(["Picked, Packed", "Delivered"]);
    }

    [Fact]
    public void Texts_that_would_cover_each_other_are_in_lanes_the_later_ones_above()
    {
        var marks = Placed(Start.AddDays(2), Actual(("Accepted", 0), ("Released", 1), ("Picked", 2), ("Delivered", 40)));

        marks.Select(mark => mark.Lane).ShouldBe([2, 1, 0, 0]);
        marks.Select(mark => mark.TextY).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void A_text_at_the_right_edge_ends_at_its_mark()
    {
        var marks = Placed(Start.AddHours(30), Actual(("Accepted", 0), ("Delivered", 30)));

        marks.Select(mark => mark.EndsAtMark).ShouldBe([false, true]);
    }

    [Fact]
    public void An_open_line_reaches_until_now_and_marks_it()
    {
        var placed = TimeLineLayout.From([Actual(("Accepted", 0))], Start.AddDays(3), open: true, TimeZoneInfo.Utc)!;

        placed.NowAt.ShouldNotBeNull().ShouldBeGreaterThan(90);
    }

    [Fact]
    public void A_line_that_ended_long_ago_does_not_reach_until_now() =>
        TimeLineLayout.From([Actual(("Accepted", 0), ("Posted", 9))], Start.AddDays(30), open: false, TimeZoneInfo.Utc)!
            .NowAt.ShouldBeNull();

    [Fact]
    public void Ticks_are_whole_steps_of_the_zone()
    {
        var scale = new TimeScale([Start, Start.AddHours(20)], TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"));

        scale.Ticks().Select(tick => tick.Text).ShouldBe(["15:00", "18:00", "21:00", "3 Mar", "03:00", "06:00", "09:00"]);
    }

    [Fact]
    public void One_instant_has_an_hour_of_space() =>
        Placed(Start, Actual(("Accepted", 0))).Single().Percent.ShouldBeInRange(40, 70);

    [Fact]
    public void Rows_differ_in_their_shapes_and_names()
    {
        var line = Render(Start, "UTC", Planned(("Delivered", 30)), Actual(("Accepted", 0)));

        line.FindAll("text.row-name").Select(name => name.TextContent).ShouldBe(["Planned", "Actual"]);
        line.FindAll("svg.ring").Count.ShouldBe(1);
        line.FindAll("svg.disc").Count.ShouldBe(1);
        line.FindAll("text.now-text").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, "start")]
    [InlineData(30, "end")]
    public void Now_is_written_on_the_side_that_has_room(double hours, string anchor)
    {
        var line = Render(Start.AddHours(hours), "UTC", Actual(("Accepted", 0), ("Delivered", 30)));

        line.Find("text.now-text").GetAttribute("text-anchor").ShouldBe(anchor);
    }

    [Fact]
    public void Without_a_mark_nothing_is_drawn() => Render(Start, "UTC", Planned(), Actual()).Markup.ShouldBeEmpty();

    private static TimeRow Planned(params (string Text, double Hours)[] marks) => Row("Planned", MarkShape.Ring, marks);

    private static TimeRow Actual(params (string Text, double Hours)[] marks) => Row("Actual", MarkShape.Disc, marks);

    private static TimeRow Row(string name, MarkShape shape, (string Text, double Hours)[] marks) =>
        new(name, shape, [.. marks.Select(mark => new TimeMark(Start.AddHours(mark.Hours), mark.Text))]);

    private static IReadOnlyList<PlacedMark> Placed(DateTimeOffset now, TimeRow row) =>
        TimeLineLayout.From([row], now, open: true, TimeZoneInfo.Utc)!.Rows.Single().Marks;

    private IRenderedComponent<TimeLine> Render(DateTimeOffset now, string zone, params TimeRow[] rows) =>
        _context.Render<TimeLine>(parameters => parameters
            .Add(t => t.Label, "Times").Add(t => t.Rows, rows).Add(t => t.Now, now).Add(t => t.Open, true)
            .Add(t => t.Zone, TimeZoneInfo.FindSystemTimeZoneById(zone)));
}
