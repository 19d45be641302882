using Bunit;
using ControlTower.Web.Shared;

namespace ControlTower.Web.Tests.Shared;

public sealed class AsOfTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 6, 7, 8, TimeSpan.Zero);
    private readonly BunitContext _context = new();

    public void Dispose() => _context.Dispose();

    [Fact]
    public void Before_the_first_read_it_shows_no_time() =>
        _context.Render<AsOf>(parameters => parameters.Add(p => p.At, default))
            .Find("[role=status]").TextContent
            .Trim()
            .ShouldBe("Reading…");

    [Theory]
    [InlineData(false, false, "Live")]
    [InlineData(true, false, "Paused")]
    [InlineData(false, true, "Not up to date")]
    public void It_shows_how_current_the_page_is(bool paused, bool stale, string word)
    {
        var shown = _context.Render<AsOf>(parameters => parameters.Add(p => p.At, At).Add(p => p.Paused, paused).Add(p => p.Stale, stale));

        shown.Find(".as-of").TextContent.Trim().ShouldBe(word);
        shown.Find(".as-of").GetAttribute("title").ShouldBe("Read at 06:07:08 UTC, system time");
    }
}
