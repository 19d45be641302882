using System.Globalization;
using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Facts;

/// <summary>Collects the first thing that is wrong with an event.</summary>
public sealed class MappingErrors
{
    public MapRefusal? First { get; private set; }

    public void Add(string field, string message, string reasonCode = ReasonCodes.SchemaInvalid) =>
        First ??= new MapRefusal(reasonCode, field, message);

    public void Add(MapRefusal refusal) => First ??= refusal;
}

/// <summary>A place in an event: reads what is there, and notes by its path what should be and is not. Null counts as absent.</summary>
public readonly struct FieldReader(JsonElement element, string path, MappingErrors errors)
{
    public string Path => path;

    public bool IsPresent => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public JsonElement Element => element;

    public JsonValueKind Kind => element.ValueKind;

    public FieldReader this[string name]
    {
        get
        {
            var childPath = path.Length == 0 ? name : $"{path}.{name}";
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child)
                ? new FieldReader(child, childPath, errors)
                : new FieldReader(default, childPath, errors);
        }
    }

    public void AddError(MapRefusal refusal) => errors.Add(refusal);

    public void AddError(string message, string reasonCode = ReasonCodes.SchemaInvalid) => errors.Add(path, message, reasonCode);

    /// <summary>An object that must be there.</summary>
    public FieldReader RequiredObject()
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            AddError(IsPresent ? $"{path} must be an object." : $"{path} is missing.");
        }

        return this;
    }

    /// <summary>The members of a list; none when it is absent, noted when it must be there.</summary>
    public List<FieldReader> Items(bool required)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var items = new List<FieldReader>(element.GetArrayLength());
            foreach (var item in element.EnumerateArray())
            {
                items.Add(new FieldReader(item, $"{path}[{items.Count}]", errors));
            }

            return items;
        }

        if (IsPresent || required)
        {
            AddError(IsPresent ? $"{path} must be a list." : $"{path} is missing.");
        }

        return [];
    }

    /// <summary>A text for people; numbers are taken as written, blanks around it are not. Empty counts as absent.</summary>
    public string? Text(int maxLength = Lengths.Sentence)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!.Trim(),
            JsonValueKind.Number => element.GetRawText(),
            _ => null,
        };
        if (text is null && IsPresent)
        {
            AddError($"{path} must be a text.");
        }

        if (text?.Length > maxLength)
        {
            AddError($"{path} is longer than {maxLength} characters.");
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>
    /// A number or a code, which other facts must match. The databases compare it by its bytes, but SQL Server ignores blanks at its end, and
    /// nobody sees a control character in it.
    /// </summary>
    public string? Identifier(int maxLength = Lengths.BusinessKey)
    {
        var text = Text(maxLength);
        if (HasControl(text))
        {
            AddError($"{path} has a control character.");
        }

        return text;
    }

    /// <summary>The two ranges of Unicode's control characters.</summary>
    internal static bool HasControl(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('\0', '\u001f') || text.ContainsAnyInRange('\u007f', '\u009f');

    public string? Number() => Identifier();

    public string RequiredText(int maxLength = Lengths.BusinessKey)
    {
        var text = Identifier(maxLength);
        if (text is null)
        {
            // Of what is there and no text the first error says so.
            AddError($"{path} is missing.");
        }

        return text ?? "";
    }

    public bool Flag()
    {
        if (IsPresent && element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            AddError($"{path} must be true or false.");
        }

        return element.ValueKind == JsonValueKind.True;
    }

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

        if (element.ValueKind == JsonValueKind.String && long.TryParse(element.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return number;
        }

        AddError($"{path} must be a whole number.");
        return null;
    }

    public DateOnly? Date()
    {
        if (!IsPresent)
        {
            return null;
        }

        // Systems send an instant where a date is meant; its own calendar day is the one they mean.
        if (element.ValueKind == JsonValueKind.String && element.GetString() is { Length: >= 10 } text
            && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        AddError($"{path} must be a date such as 2026-05-31.");
        return null;
    }

    /// <summary>An instant: RFC 3339 with an offset, or a bare date, which ends at the site's midnight.</summary>
    public DateTimeOffset? Instant(TimeZoneInfo zone)
    {
        if (!IsPresent)
        {
            return null;
        }

        if (element.ValueKind == JsonValueKind.String && SiteTime.TryRead(element.GetString()!, zone, out var instant))
        {
            return instant;
        }

        AddError($"{path} must be a time with an offset (2026-05-31T14:00:00+02:00) or a bare date.");
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

/// <summary>What the databases keep of a decimal; what does not fit is refused, never rounded.</summary>
internal sealed record DecimalLimits(string Name, decimal Below, int Scale)
{
    public static readonly DecimalLimits Money = new("an amount of 15 digits before and 4 after the point", 1_000_000_000_000_000m, 4);

    public static readonly DecimalLimits Quantity = new("a quantity of 12 digits before and 6 after the point", 1_000_000_000_000m, 6);

    public bool Hold(decimal value) => Math.Abs(value) < Below && decimal.Round(value, Scale) == value;
}
