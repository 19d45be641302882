using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;

namespace ControlTower.Integrations.Tests.Http;

/// <summary>Valid settings of EasyPost and Stripe, and invalid ones with their error text.</summary>
public class VendorSettingsTests
{
    private static readonly HashSet<string> Key = ["apiKey"];

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"days":null}""")]
    [InlineData("""{"days":90}""")]
    public void EasyPost_takes(string settings) =>
        SettingsCheck.FindErrors(Vendors.EasyPost(), JsonElement.Parse(settings), Key).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"days":0}""", "settings.days")]
    [InlineData("""{"days":91}""", "settings.days")]
    [InlineData("""{"days":"30"}""", "settings.days")]
    [InlineData("""{"hours":1}""", "settings.hours")]
    public void EasyPost_refuses(string settings, string field) =>
        SettingsCheck.FindErrors(Vendors.EasyPost(), JsonElement.Parse(settings), Key).ShouldHaveSingleItem().Field.ShouldBe(field);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"collection":null,"daysUntilDue":null,"automaticTax":null,"autoAdvance":null,"customerKey":null,"keyPrefix":null}""")]
    [InlineData(
        """{"collection":"charge_automatically","daysUntilDue":0,"automaticTax":true,"customerKey":"erp_number","keyPrefix":"east"}""")]
    public void Stripe_takes(string settings) =>
        SettingsCheck.FindErrors(Vendors.Stripe(), JsonElement.Parse(settings), Key).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"daysUntilDue":366}""", "settings.daysUntilDue")]
    [InlineData("""{"daysUntilDue":-1}""", "settings.daysUntilDue")]
    [InlineData("""{"collection":"barter"}""", "settings.collection")]
    [InlineData("""{"customerKey":"a\"b"}""", "settings.customerKey")]
    public void Stripe_refuses(string settings, string field) =>
        SettingsCheck.FindErrors(Vendors.Stripe(), JsonElement.Parse(settings), Key).ShouldHaveSingleItem().Field.ShouldBe(field);

    [Fact]
    public void Both_need_their_api_key()
    {
        foreach (var kind in new[] { Vendors.EasyPost(), Vendors.Stripe() })
        {
            SettingsCheck.FindErrors(kind, JsonElement.Parse("{}"), new HashSet<string>()).ShouldHaveSingleItem()
                .Field.ShouldBe("credentials.apiKey");
        }
    }
}
