using System.Net;
using System.Text.Json;

namespace ControlTower.Integrations.Tryton.Rpc;

/// <summary>Reads Tryton's answers: <c>{"id":1,"result":…}</c> or one of the four shapes of <c>{"id":1,"error":[…]}</c>.</summary>
internal static class RpcAnswer
{
    private const int LongestMessage = 700;

    // Tryton passes the database's message on without a code; these are PostgreSQL's of SQLSTATE class 40 and 55P03,
    // and SQLite's of SQLITE_BUSY.
    private static readonly string[] BusyTexts =
        ["could not serialize", "could not obtain lock", "deadlock detected", "lock timeout", "database is locked"];

    // The connection between Tryton and its database broke: whether the commit came through is not known.
    private static readonly string[] ConnectionLostTexts =
        ["server closed the connection", "connection already closed", "terminating connection", "connection to server",
            "could not connect", "is not accepting"];

    /// <returns>The result, or the error; never both.</returns>
    public static (JsonElement Result, RpcError? Error) Read(HttpStatusCode status, byte[]? body, TimeSpan? retryAfter)
    {
        var code = (int)status;
        return status switch
        {
            HttpStatusCode.OK => ReadEnvelope(body),
            HttpStatusCode.Unauthorized => Faulty(
                RpcErrorKind.Unauthorised, "HTTP_401", "Tryton refuses the sign-in or the session.", code),
            HttpStatusCode.Forbidden => Faulty(RpcErrorKind.NotExposed, "METHOD_NOT_EXPOSED",
                "Tryton does not open this method to callers.", code),
            HttpStatusCode.TooManyRequests => (default,
                new RpcError(RpcErrorKind.Throttled, "HTTP_429", "Tryton asks to wait.", code, RetryAfter: retryAfter)),
            HttpStatusCode.ServiceUnavailable when retryAfter is not null =>
                (default, new RpcError(RpcErrorKind.Throttled, "HTTP_503", "Tryton asks to wait.", code, RetryAfter: retryAfter)),
            HttpStatusCode.NotFound => Faulty(RpcErrorKind.Server, "DATABASE_UNKNOWN", "Tryton does not serve this database.", code),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError =>
                Faulty(RpcErrorKind.Server, $"HTTP_{code}", $"Tryton answered {code}.", code),
            _ => Faulty(RpcErrorKind.Lost, $"HTTP_{code}", $"Tryton answered {code}.", code),
        };
    }

    private static (JsonElement, RpcError?) ReadEnvelope(byte[]? body)
    {
        if (body is null)
        {
            return Faulty(RpcErrorKind.Lost, "ANSWER_TOO_LONG", "Tryton's answer is longer than is read.", 200);
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            return root.ValueKind != JsonValueKind.Object ? NotAnEnvelope()
                : root.TryGetProperty("error", out var error) ? (default, ErrorOf(error))
                : root.TryGetProperty("result", out var result) ? (result.Clone(), null)
                : NotAnEnvelope();
        }
        catch (JsonException)
        {
            return NotAnEnvelope();
        }
    }

    private static RpcError ErrorOf(JsonElement error)
    {
        var (name, argument) = error.ValueKind == JsonValueKind.Array && error.GetArrayLength() > 0
            ? (error[0], error.GetArrayLength() > 1 ? error[1] : default)
            : (error, default);
        return Text(name) switch
        {
            "UserError" => new RpcError(RpcErrorKind.User, "USER_ERROR", Describe(argument, 0, 1)),
            "UserWarning" => new RpcError(RpcErrorKind.Warning, "USER_WARNING", Describe(argument, 1, 2), Warning: Text(Item(argument, 0))),
            "ConcurrencyException" => new RpcError(
                RpcErrorKind.Busy, "CONCURRENCY", Cut(Text(argument) ?? "Records were modified in the meanwhile.")),
            "LoginException" => new RpcError(RpcErrorKind.Unauthorised, "LOGIN", Describe(argument, 1)),
            var text => OfText(text ?? error.GetRawText()),
        };
    }

    private static RpcError OfText(string text)
    {
        var kind = Has(text, BusyTexts) ? RpcErrorKind.Busy : Has(text, ConnectionLostTexts) ? RpcErrorKind.Lost : RpcErrorKind.Server;
        var code = kind switch { RpcErrorKind.Busy => "DATABASE_BUSY", RpcErrorKind.Lost => "DATABASE_LOST", _ => "SERVER_ERROR" };
        return new RpcError(kind, code, Cut(text.Trim().Length == 0 ? "Tryton failed without saying why." : text.Trim()));
    }

    private static bool Has(string text, string[] texts) =>
        Array.Exists(texts, part => text.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static string Describe(JsonElement argument, params ReadOnlySpan<int> places)
    {
        var texts = new List<string>(2);
        foreach (var place in places)
        {
            if (Text(Item(argument, place)) is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return Cut(texts.Count > 0 ? string.Join(' ', texts) : "Tryton refused without a reason.");
    }

    private static JsonElement Item(JsonElement list, int place) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > place ? list[place] : default;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Cut(string text)
    {
        var oneLine = string.Join(' ', text.Split(
            (char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return oneLine.Length > LongestMessage ? oneLine[..LongestMessage] : oneLine;
    }

    private static (JsonElement, RpcError?) NotAnEnvelope() =>
        Faulty(RpcErrorKind.Lost, "NOT_TRYTON", "The answer is not Tryton's {\"id\":…,\"result\":…}.", 200);

    private static (JsonElement, RpcError?) Faulty(RpcErrorKind kind, string code, string message, int status) =>
        (default, new RpcError(kind, code, message, status));
}
