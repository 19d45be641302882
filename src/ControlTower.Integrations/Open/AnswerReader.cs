using System.Net;
using System.Text;
using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Http;

namespace ControlTower.Integrations.Open;

/// <summary>Classifies a response to a command by the contract's table (docs/open-connector, "Commands out").</summary>
internal static class AnswerReader
{
    private const int LongestNumber = 120;
    private const int LongestKind = 64;
    private const int LongestDetail = 900;

    /// <param name="body">The response's body; null when it exceeded the limit.</param>
    public static SendResult Read(HttpResponseMessage answer, byte[]? body, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        var wait = RetryAfter.From(answer, now);
        return answer.StatusCode switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => Accepted(status, body),
            HttpStatusCode.Conflict when Accepted(status, body) is { ExternalId: not null } earlier => earlier,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Problem(SendOutcome.Unauthorised, status, body),
            HttpStatusCode.TooManyRequests => Problem(SendOutcome.Throttled, status, body) with { RetryAfter = wait },
            HttpStatusCode.ServiceUnavailable when wait is not null =>
                Problem(SendOutcome.Throttled, status, body) with { RetryAfter = wait },
            HttpStatusCode.Conflict or HttpStatusCode.RequestTimeout => Problem(SendOutcome.Unknown, status, body),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => Problem(SendOutcome.Rejected, status, body),
            _ => Problem(SendOutcome.Unknown, status, body),
        };
    }

    private static SendResult Accepted(int status, byte[]? body)
    {
        var result = new SendResult(SendOutcome.Accepted, status);
        if (body is { Length: 0 })
        {
            return result;
        }

        // The request is accepted whatever its body: what cannot be read of it is only missing.
        using var json = TryParse(body);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } answer)
        {
            return result with { Detail =
                "The answer's body is not the JSON object that the contract describes; nothing of it was taken." };
        }

        return result with
        {
            ExternalId = answer.TryGetProperty("externalId", out var id) ? Number(id) : null,
            References = answer.TryGetProperty("references", out var references) ? ReferencesOf(references) : null,
            Facts = answer.TryGetProperty("facts", out var facts) && facts.ValueKind == JsonValueKind.Array
                ? [.. facts.EnumerateArray().Select(fact => Encoding.UTF8.GetBytes(fact.GetRawText()))]
                : null,
        };
    }

    private static SendResult Problem(SendOutcome outcome, int status, byte[]? body)
    {
        using var json = TryParse(body);
        if (json?.RootElement is not { ValueKind: JsonValueKind.Object } problem)
        {
            return new SendResult(outcome, status, Code: $"HTTP_{status}", Detail: $"The target answered {status} without saying why.");
        }

        var parts = new[] { Text(problem, "title"), Text(problem, "detail"), Errors(problem) }.Where(text => text is not null);
        var detail = parts.Aggregate("", (text, next) => text.Length == 0 ? next! : char.IsLetterOrDigit(text[^1])
            ? $"{text}: {next}"
            : $"{text} {next}");
        return new SendResult(
            outcome,
            status,
            Code: Text(problem, "code")?.CutTo(LongestNumber) ?? $"HTTP_{status}",
            Detail: detail.Length == 0 ? $"The target answered {status}." : detail.CutTo(LongestDetail));
    }

    /// <summary>Kind to number; of a qualified number its value, of several the first.</summary>
    private static Dictionary<string, string>? ReferencesOf(JsonElement references)
    {
        if (references.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var numbers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in references.EnumerateObject())
        {
            if (property.Name.Length <= LongestKind && First(property.Value) is { } number)
            {
                numbers[property.Name] = number;
            }
        }

        return numbers;
    }

    private static string? First(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Select(First).FirstOrDefault(number => number is not null),
        JsonValueKind.Object => value.TryGetProperty("value", out var inner) ? Number(inner) : null,
        _ => Number(value),
    };

    private static string? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 0 and <= LongestNumber } text && !text.Any(char.IsControl) => text,
        JsonValueKind.Number when value.GetRawText().Length <= LongestNumber => value.GetRawText(),
        _ => null,
    };

    private static string? Errors(JsonElement problem) =>
        problem.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? errors.GetRawText()
            : null;

    private static string? Text(JsonElement problem, string name) =>
        problem.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? new string([.. value.GetString()!.Where(letter => !char.IsControl(letter))])
            : null;


    private static JsonDocument? TryParse(byte[]? body)
    {
        // Strings are decoded later, so bytes that are not UTF-8 are rejected here.
        if (body is null || !System.Text.Unicode.Utf8.IsValid(body))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
