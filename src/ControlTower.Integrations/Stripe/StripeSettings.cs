using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Kinds;

namespace ControlTower.Integrations.Stripe;

/// <summary>How a registration wants invoices to be made.</summary>
internal sealed record StripeSettings
{
    public const string SendInvoice = "send_invoice";
    public const string ChargeAutomatically = "charge_automatically";

    public static IReadOnlyList<SettingInfo> Infos { get; } =
    [
        new("collection", "Collection", SettingType.Choice,
            Help: "Whether customers are sent the invoice or their payment method is charged.",
            Choices: [SendInvoice, ChargeAutomatically], Default: SendInvoice),
        new("daysUntilDue", "Days until due", SettingType.Whole, Help: "Of a sent invoice, 0 to 365.", Default: "30"),
        new("automaticTax", "Stripe Tax", SettingType.Flag, Help: "Stripe computes the tax when an invoice is finalised.", Default: "off"),
        new("autoAdvance", "Collect by itself", SettingType.Flag, Help: "Stripe sends and collects a finalised invoice by itself.",
            Default: "off"),
        new("customerKey", "Customer key", SettingType.Text,
            Help: "The metadata under which Stripe's customers carry their number of the ERP.", Default: "tower_customer"),
        new("keyPrefix", "Key prefix", SettingType.Text, Help: "Keeps the keys of two towers apart that share one Stripe account.",
            Default: "none"),
    ];

    public string Collection { get; init; } = SendInvoice;

    public int DaysUntilDue { get; init; } = 30;

    public bool AutomaticTax { get; init; }

    public bool AutoAdvance { get; init; }

    public string CustomerKey { get; init; } = "tower_customer";

    public string KeyPrefix { get; init; } = "";

    /// <summary>Of settings whose types were checked; null is what was left out.</summary>
    public static StripeSettings Parse(JsonElement settings) => settings.ValueKind != JsonValueKind.Object
        ? new StripeSettings()
        : new JsonObject(settings.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null)
            .Select(member => KeyValuePair.Create(member.Name, JsonNode.Parse(member.Value.GetRawText()))))
                .Deserialize<StripeSettings>(JsonSerializerOptions.Web)!;

    public IReadOnlyList<SettingError> Validate()
    {
        var errors = new List<SettingError>();
        if (DaysUntilDue is < 0 or > 365)
        {
            errors.Add(new SettingError("settings.daysUntilDue", "It must be 0 to 365 days."));
        }

        if (CustomerKey.Length is 0 or > 40 || !CustomerKey.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
        {
            errors.Add(new SettingError("settings.customerKey", "It must be 1 to 40 letters, digits, _ or -."));
        }

        return errors;
    }
}
