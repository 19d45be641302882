using ControlTower.Web.Shared;

namespace ControlTower.Web.Tests.Shared;

public sealed class WordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 17, 2, 11, TimeSpan.Zero);
    private static readonly TimeZoneInfo SaoPaulo = TimeFormat.Zone("America/Sao_Paulo");

    [Theory]
    [InlineData(20, "now")]
    [InlineData(12 * 60, "12 min ago")]
    [InlineData(((3 * 60) + 20) * 60, "3 h 20 min ago")]
    [InlineData(8 * 3600, "8 h ago")]
    [InlineData((4 * 86400) + (6 * 3600), "4 d 6 h ago")]
    [InlineData(38 * 86400, "38 d ago")]
    [InlineData(-7200, "in 2 h")]
    public void Ages_are_shown_in_the_largest_units(int secondsAgo, string words) =>
        TimeFormat.Relative(Now.AddSeconds(-secondsAgo), Now).ShouldBe(words);

    [Fact]
    public void Instants_are_shown_in_the_sites_zone_with_the_zone()
    {
        TimeFormat.Absolute(Now, SaoPaulo, Now).ShouldBe("5 Jan 14:02 UTC-3");
        TimeFormat.Absolute(Now, TimeFormat.Zone("Asia/Kolkata"), Now).ShouldBe("5 Jan 22:32 UTC+5:30");
        TimeFormat.Absolute(Now.AddYears(-1), TimeZoneInfo.Utc, Now).ShouldBe("5 Jan 2025 17:02 UTC");
        TimeFormat.Full(Now, SaoPaulo).ShouldBe("5 Jan 2026 14:02:11 UTC-3 (America/Sao_Paulo), 17:02:11 UTC");
    }

    [Theory]
    [InlineData(1234.5, false, "1,234.50 USD")]
    [InlineData(1234567, true, "1.23 M USD")]
    [InlineData(12345, true, "12.3 k USD")]
    [InlineData(-99.999, false, "-100.00 USD")]
    public void Money_has_its_currency(double amount, bool isShort, string words) =>
        (isShort ? MoneyFormat.Short((decimal)amount, "USD") : MoneyFormat.From((decimal)amount, "USD")).ShouldBe(words);
}
