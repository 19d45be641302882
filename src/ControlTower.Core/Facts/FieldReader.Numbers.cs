using System.Globalization;
using System.Text.Json;

namespace ControlTower.Core.Facts;

/// <content>Money, quantities and whole numbers.</content>
public readonly partial struct FieldReader
{
    /// <summary>Money, kept as (19,4).</summary>
    public decimal? Amount() => Decimal(DecimalLimits.Money);

    public decimal RequiredAmount() => Required(Amount());

    /// <summary>A quantity, kept as (18,6); never negative.</summary>
    public decimal? Quantity()
    {
        var quantity = Decimal(DecimalLimits.Quantity);
        if (quantity < 0)
        {
            AddError($"{path} must not be negative.");
        }

        return quantity;
    }

    public decimal RequiredQuantity() => Required(Quantity());

    /// <summary>A price per unit: it only informs, so its scale is free.</summary>
    public decimal? Price() => Decimal(null);

    public long? Integer()
    {
        if (!IsPresent)
        {
            return null;
        }

        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number))
        {
            return number;
        }

        if (element.ValueKind == JsonValueKind.String
            && long.TryParse(element.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return number;
        }

        AddError($"{path} must be a whole number.");
        return null;
    }

    private decimal Required(decimal? value)
    {
        if (value is null)
        {
            AddError($"{path} is missing.");
        }

        return value ?? 0;
    }

    private decimal? Decimal(DecimalLimits? limits)
    {
        if (!IsPresent)
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.Number || !element.TryGetDecimal(out var value))
        {
            AddError($"{path} must be a decimal number.");
            return null;
        }

        if (limits is { } given && !given.Hold(value))
        {
            AddError($"{path} does not fit {given.Name}.");
        }

        return CanonicalJson.Normalise(value);
    }
}
