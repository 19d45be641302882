using System.Text.Json;

namespace ControlTower.Sandbox.Wire;

/// <summary>
/// The documents that a command or a fact names: kind → number, or {"system","value"} for a number of another system.
/// </summary>
internal sealed class References : Dictionary<string, JsonElement>
{
    public References()
        : base(StringComparer.Ordinal)
    {
    }

    /// <summary>The number alone, in whichever form it is written; null when absent.</summary>
    public string? Number(string kind)
    {
        if (!TryGetValue(kind, out var value))
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Object when value.TryGetProperty("value", out var number) => number.ToString(),
            _ => null,
        };
    }

    /// <summary>These and one more, of this system's own numbers.</summary>
    public References With(string kind, string number) => With(kind, JsonSerializer.SerializeToElement(number));

    /// <summary>These and one more, of another system's numbers.</summary>
    public References With(string kind, string system, string number) =>
        With(kind, JsonSerializer.SerializeToElement(new { system, value = number }));

    /// <summary>Only the kinds named, as they were written.</summary>
    public References Only(params string[] kinds)
    {
        var some = new References();
        foreach (var kind in kinds)
        {
            if (TryGetValue(kind, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                some[kind] = value;
            }
        }

        return some;
    }

    private References With(string kind, JsonElement value)
    {
        var more = new References();
        foreach (var (key, known) in this)
        {
            more[key] = known;
        }

        more[kind] = value;
        return more;
    }
}
