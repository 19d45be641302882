using ControlTower.Integrations.Stripe;

namespace ControlTower.Integrations.Tests.Stripe;

public class StripeMoneyTests
{
    [Theory]
    [InlineData("12.34", "EUR", 1234)]
    [InlineData("0", "USD", 0)]
    [InlineData("-5.5", "USD", -550)]
    [InlineData("500", "JPY", 500)]
    [InlineData("7", "MGA", 7)]
    [InlineData("5", "ISK", 500)]
    [InlineData("5", "UGX", 500)]
    [InlineData("1.23", "KWD", 1230)]
    [InlineData("0.01", "TND", 10)]
    [InlineData("10.45", "HUF", 1045)]
    [InlineData("922337203685477.58", "EUR", 92233720368547758)]
    public void An_amount_is_converted_to_minor_units_and_back(string amount, string currency, long minor)
    {
        var value = decimal.Parse(amount);

        StripeMoney.ToMinor(value, currency).ShouldBe(minor);
        StripeMoney.FromMinor(minor, currency).ShouldBe(value);
    }

    [Theory]
    [InlineData("0.005", "EUR")]
    [InlineData("10.5", "JPY")]
    [InlineData("1.234", "KWD")]
    [InlineData("5.5", "ISK")]
    [InlineData("922337203685477580.99", "EUR")]
    public void An_amount_that_cannot_be_charged_exactly_is_not_rounded(string amount, string currency) =>
        StripeMoney.ToMinor(decimal.Parse(amount), currency).ShouldBeNull();
}
