using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ControlTower.Sandbox.Plans;
using ControlTower.Sandbox.Services;
using ControlTower.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Sandbox.Hosting;

/// <summary>Takes the tower's commands: <c>POST /commands/{kind}</c>.</summary>
/// <param name="secret">The secret by which the tower signs for this system.</param>
/// <param name="throughOutages">False for the carriers, which do not answer during their outages.</param>
internal sealed class CommandEndpoint(TradingSystem system, Floor floor, string secret, bool throughOutages)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);
    private const int LongestRetryAfter = 30;

    public async Task Take(HttpContext http)
    {
        var body = await http.Request.Bytes();
        if (!http.Request.SignedWith(secret, body, floor.System.GetUtcNow()))
        {
            await http.Response.Write(Answer.Rejected(
                "UNAUTHORISED", "The signature does not verify", "Sign the body with the outbound secret.", 401));
            return;
        }

        floor.Traffic.Begin();
        try
        {
            await TakeSigned(http, body);
        }
        finally
        {
            floor.Traffic.End();
        }
    }

    private async Task TakeSigned(HttpContext http, byte[] body)
    {
        if (!throughOutages && floor.Weather.OutageUntil(floor.Clock.GetUtcNow()) is { } until)
        {
            floor.Traffic.Owe(KeyOf(http.Request));
            await Unavailable(http.Response, until);
            return;
        }

        var (command, refusal) = Read(http.Request, body);
        if (command is null)
        {
            await http.Response.Write(refusal!);
            return;
        }

        var (answer, first) = await system.Handle(command);
        await Reply(http, command, answer, first);
    }

    private static string KeyOf(HttpRequest request) => request.Headers["Idempotency-Key"].ToString();

    private static (Command? Command, Answer? Refusal) Read(HttpRequest request, byte[] body)
    {
        var kind = (string)request.RouteValues["kind"]!;
        if (KeyOf(request) is not { Length: > 0 } key)
        {
            return (null, Answer.Rejected("SCHEMA_INVALID", "The Idempotency-Key is missing", "Every command carries one.", 400));
        }

        try
        {
            var envelope = JsonSerializer.Deserialize<CommandEnvelope>(body, Json.Options);
            return envelope is { Data: { References: not null } data } && envelope.Type == $"tower.command.{kind}.v1"
                ? (new Command(kind, key, Convert.ToHexStringLower(SHA256.HashData(body)), data), null)
                : (null,
                    Answer.Rejected("SCHEMA_INVALID", "This is no such command",
                        $"A CloudEvents event of type tower.command.{kind}.v1 with data is expected.", 400));
        }
        catch (JsonException error)
        {
            return (null, Answer.Rejected("SCHEMA_INVALID", "The body cannot be read", error.Message, 400));
        }
    }

    private async Task Unavailable(HttpResponse response, DateTimeOffset until)
    {
        var seconds = Math.Clamp((int)Math.Ceiling(floor.Clock.SystemTimeUntil(until).TotalSeconds), 1, LongestRetryAfter);
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await response.Write(Answer.Rejected("UNAVAILABLE", "Out of service", "The carriers' systems are down.", 503));
    }

    private void Note(string key, bool lost)
    {
        if (lost)
        {
            floor.Traffic.Owe(key);
            return;
        }

        floor.Traffic.Answer(key);
    }

    private async Task Reply(HttpContext http, Command command, Answer answer, bool first)
    {
        var loss = first ? floor.Weather.LossOf(command.Key) : AnswerLoss.None;
        Note(command.Key, lost: loss != AnswerLoss.None);
        switch (loss)
        {
            case AnswerLoss.ConnectionCut:
                http.Abort();
                break;
            case AnswerLoss.GatewayTimeout:
                await http.Response.Write(Answer.Rejected(
                    "GATEWAY_TIMEOUT", "No answer in time", "The system behind did not answer in time.", 504));
                break;
            case AnswerLoss.Silence:
                await Task.Delay(LongestSilence, floor.System, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                http.Abort();
                break;
            default:
                await http.Response.Write(answer);
                break;
        }
    }
}
