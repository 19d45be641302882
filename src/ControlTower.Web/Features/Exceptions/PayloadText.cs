using System.Text.Json;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>A line of a payload as it is shown.</summary>
/// <param name="Marked">The line of the failing field.</param>
public sealed record PayloadLine(string Text, bool Marked);

/// <summary>JSON in lines, with the line of one path marked.</summary>
public static class PayloadText
{
    private static readonly JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string From(JsonElement payload) =>
        payload.ValueKind == JsonValueKind.String ? payload.GetString()! : JsonSerializer.Serialize(payload, Pretty);

    /// <param name="path">Such as <c>data.lines[0].quantity</c> or <c>$.data.order.total</c>; where it does not exist,
    /// its nearest parent that does is marked.</param>
    public static IReadOnlyList<PayloadLine> Lines(JsonElement payload, string? path)
    {
        var lines = From(payload).Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        var marked = payload.ValueKind == JsonValueKind.Object && !string.IsNullOrWhiteSpace(path) ? LineOf(payload, Steps(path)) : -1;
        return [.. lines.Select((line, number) => new PayloadLine(line, number == marked))];
    }

    /// <summary>The line on which the deepest step that exists begins; −1 when not even the first does.</summary>
    private static int LineOf(JsonElement element, IReadOnlyList<string> steps)
    {
        var line = 0;
        var found = -1;
        foreach (var step in steps)
        {
            if (Into(ref element, step) is not { } offset)
            {
                break;
            }

            line += offset;
            found = line;
        }

        return found;
    }

    /// <summary>Steps into a member or item; returns how many lines below its parent's first line it begins.</summary>
    private static int? Into(ref JsonElement element, string step)
    {
        var offset = 1;
        if (element.ValueKind == JsonValueKind.Array && int.TryParse(step, out var index))
        {
            foreach (var item in element.EnumerateArray())
            {
                if (index-- == 0)
                {
                    element = item;
                    return offset;
                }

                offset += Height(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (member.NameEquals(step))
                {
                    element = member.Value;
                    return offset;
                }

                offset += Height(member.Value);
            }
        }

        return null;
    }

    private static int Height(JsonElement element) => JsonSerializer.Serialize(element, Pretty).Count(letter => letter == '\n') + 1;

    private static IReadOnlyList<string> Steps(string path) =>
        [.. path.TrimStart('$').Split(['.', '[', ']', '/'], StringSplitOptions.RemoveEmptyEntries)];
}
