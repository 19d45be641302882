using Bunit;
using ControlTower.Web.Shared.Kit.Charts;

namespace ControlTower.Web.Tests.Shared.Charts;

/// <summary>Bars of categories: each is text, and opens its list.</summary>
public sealed class HistogramTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void Each_bar_opens_its_list_and_has_its_number_name_and_note_as_text()
    {
        var chart = Render(new("under 1 h", 1200, "3 k USD", "list?a"), new("over 1 h", 1, null, "list?b"));

        chart.Find("ol").GetAttribute("aria-label").ShouldBe("Cases by age");
        chart.Find("a[href='list?a']").TextContent.ShouldContain("1,200");
        chart.Find("a[href='list?a']").TextContent.ShouldContain("under 1 h");
        chart.Find("a[href='list?a']").TextContent.ShouldContain("3 k USD");
        chart.FindAll("svg").ShouldAllBe(svg => svg.GetAttribute("aria-hidden") == "true");
    }

    [Fact]
    public void The_highest_bar_fills_the_chart_and_a_single_one_beside_it_is_seen()
    {
        var chart = Render(new("a", 1200, null, "a"), new("b", 600, null, "b"), new("c", 1, null, "c"), new("d", 0, null, "d"));

        chart.FindAll("rect").Select(rect => rect.GetAttribute("height")).ShouldBe(["100", "50", "4", "0"]);
        chart.FindAll("rect").Select(rect => rect.GetAttribute("y")).ShouldBe(["0", "50", "96", "100"]);
    }

    [Fact]
    public void One_bar_alone_is_full() => Render(new HistogramBar("a", 1, null, "a")).Find("rect").GetAttribute("height").ShouldBe("100");

    [Fact]
    public void Bars_without_a_count_stay_links_of_no_height()
    {
        var chart = Render(new("a", 0, null, "list?a"), new("b", 0, null, "list?b"));

        chart.FindAll("a").Count.ShouldBe(2);
        chart.FindAll("rect").ShouldAllBe(rect => rect.GetAttribute("height") == "0");
    }

    [Fact]
    public void Without_a_bar_the_chart_is_an_empty_list() => Render().FindAll("li").ShouldBeEmpty();

    [Fact]
    public void The_list_that_is_shown_is_marked_for_every_reader()
    {
        var chart = Render(new("a", 1, null, "a", IsCurrent: true), new("b", 1, null, "b"));

        chart.FindAll("a[aria-current=true]").Single().GetAttribute("href").ShouldBe("a");
    }

    private IRenderedComponent<Histogram> Render(params HistogramBar[] bars) =>
        _context.Render<Histogram>(parameters => parameters.Add(h => h.Label, "Cases by age").Add(h => h.Bars, bars));
}
