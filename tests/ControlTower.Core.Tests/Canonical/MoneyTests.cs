using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Tests.Canonical;

public class MoneyTests
{
    [Theory]
    [InlineData("USD", 10.005, 10.01)]
    [InlineData("USD", -10.005, -10.01)]
    [InlineData("JPY", 10.5, 11)]
    [InlineData("KWD", 1.0005, 1.001)]
    public void Amounts_are_rounded_half_away_from_zero_in_the_minor_unit(string currency, decimal amount, decimal rounded) =>
        Money.Round(amount, currency).ShouldBe(rounded);

    [Theory]
    [InlineData(100, 3, "USD", "33.33 33.34 33.33")]
    [InlineData(100, 3, "JPY", "33 34 33")]
    [InlineData(0.05, 2, "USD", "0.03 0.02")]
    [InlineData(-100, 3, "USD", "-33.33 -33.34 -33.33")]
    public void Parts_add_up_to_the_line(decimal amount, int units, string currency, string parts)
    {
        var shares = Enumerable.Range(1, units).Select(unit =>
            Money.Share(amount, unit, units, currency) - (unit == 1 ? 0 : Money.Share(amount, unit - 1, units, currency)));

        string.Join(' ', shares.Select(share => CanonicalJson.Normalise(share))).ShouldBe(parts);
    }

    [Theory]
    [InlineData(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")]
    [InlineData(2, "USD EUR CHF SEK BRL")]
    [InlineData(3, "BHD IQD JOD KWD LYD OMR TND")]
    [InlineData(4, "CLF UYW")]
    public void A_currency_has_the_minor_unit_of_iso_4217(int decimals, string currencies) =>
        currencies.Split(' ').ShouldAllBe(currency => Money.Decimals(currency) == decimals);

    [Fact]
    public void More_than_was_ordered_is_owed_as_the_whole_line() => Money.Share(10.005m, 4, 3, "USD").ShouldBe(10.01m);

    [Fact]
    public void An_amount_loses_the_zeros_of_its_column()
    {
        $"{Money.Trim(12.3400m)}".ShouldBe("12.34");
        $"{Money.Trim((decimal?)12.3400m)}".ShouldBe("12.34");
        Money.Trim(null).ShouldBeNull();
    }
}
