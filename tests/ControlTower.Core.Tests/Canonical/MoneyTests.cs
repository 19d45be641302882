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
}
