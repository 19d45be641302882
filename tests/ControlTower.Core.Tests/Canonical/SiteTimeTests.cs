using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Tests.Canonical;

public class SiteTimeTests
{
    [Theory]
    [InlineData("2026-05-31T10:00:00Z", "2026-05-31T10:00:00.000000")]
    [InlineData("2026-05-31t10:00:00z", "2026-05-31T10:00:00.000000")]
    [InlineData("2026-05-31T10:00:00.123456789+02:00", "2026-05-31T08:00:00.123456")]
    [InlineData("2026-05-31T10:00:00-03:30", "2026-05-31T13:30:00.000000")]
    [InlineData("2026-05-31", "2026-05-31T21:59:59.999999")]
    [InlineData("2026-01-31", "2026-01-31T22:59:59.999999")]
    public void Times_are_read_to_the_microsecond(string text, string utc)
    {
        SiteTime.TryRead(text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), out var instant).ShouldBeTrue();

        instant.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff").ShouldBe(utc);
    }

    [Theory]
    [InlineData("2026-05-31T10:00:00")]
    [InlineData("2026-13-01")]
    [InlineData("31.05.2026")]
    [InlineData("")]
    public void A_text_that_names_no_instant_is_not_read(string text) => SiteTime.TryRead(text, TimeZoneInfo.Utc, out _).ShouldBeFalse();

    [Fact]
    public void A_day_ends_even_where_its_midnight_does_not_exist()
    {
        // In São Paulo summer time began at midnight of 4 November 2018.
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo");

        SiteTime.EndOf(new DateOnly(2018, 11, 3), zone)
            .ShouldBe(new DateTimeOffset(2018, 11, 4, 3, 0, 0, TimeSpan.Zero).AddMicroseconds(-1));
    }
}
