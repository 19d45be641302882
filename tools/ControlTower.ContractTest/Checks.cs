using System.Security.Cryptography;
using System.Text.Json;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.ContractTest;

/// <summary>One sentence of the contract and its check: null when it holds, else what was received instead.</summary>
internal sealed record Check(string Sentence, Func<Task<string?>> TryAsync);

/// <summary>The contract as checks.</summary>
internal static class Checks
{
    private const int AtOnce = 8;

    public static IEnumerable<Check> For(ContractOptions options, PartnerClient partner) =>
        [.. options.Kinds.SelectMany(kind => Commands(kind, partner)), .. options.Poll ? Polling(partner) : []];

    private static IEnumerable<Check> Commands(string kind, PartnerClient partner)
    {
        yield return new($"{kind}: an unsigned command is answered 401", () => RefusesAsync(partner, kind, Signing.None));
        yield return new(
            $"{kind}: a command signed with another secret is answered 401", () => RefusesAsync(partner, kind, Signing.Forged));
        yield return new($"{kind}: a command of six minutes ago is answered 401", () => RefusesAsync(partner, kind, Signing.Old));
        yield return new($"{kind}: a command is accepted, or refused as problem+json with a code", () => AnswersAsync(partner, kind));
        yield return new($"{kind}: the same command again has the same answer", () => RepeatsAsync(partner, kind));
        yield return new($"{kind}: {AtOnce} requests of one key at once have one effect", () => SerialisesAsync(partner, kind));
    }

    private static IEnumerable<Check> Polling(PartnerClient partner)
    {
        yield return new(
            "events: an unsigned poll is answered 401", async () => Expect401(await partner.PollAsync(null, signing: Signing.None)));
        yield return new("events: a poll signed with another secret is answered 401",
            async () => Expect401(await partner.PollAsync(null, signing: Signing.Forged)));
        yield return new(
            "events: the first page needs no cursor and holds CloudEvents", async () => PageFault(await partner.PollAsync(null), 500));
        yield return new("events: a page holds no more than its limit", async () => PageFault(await partner.PollAsync(null, limit: 1), 1));
        yield return new("events: the same cursor brings the same page", () => SamePageAsync(partner));
        yield return new("events: an empty page repeats its cursor", () => EndsAsync(partner));
    }

    private static SampleCommand Fresh(string kind) =>
        SampleCommand.From(kind, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)));

    private static async Task<string?> RefusesAsync(PartnerClient partner, string kind, Signing signing) =>
        Expect401(await partner.SendAsync(Fresh(kind), signing));

    private static string? Expect401(PartnerAnswer answer) => answer.Status == 401 ? null : $"It answered {answer.Status}.";

    private static async Task<string?> AnswersAsync(PartnerClient partner, string kind) =>
        AnswerFault(await partner.SendAsync(Fresh(kind)), kind);

    private static string? AnswerFault(PartnerAnswer answer, string kind) =>
        answer.IsAccepted
            ? kind is CommandKinds.CancelFulfilment or CommandKinds.UpdateOrderStatus
                || answer.Text("externalId") is { Length: > 0 and <= 120 }
                ? null
                : "It accepted without an externalId of 1 to 120 characters."
            : !answer.IsRefused ? $"It answered {answer.Status}."
            : answer.ContentType != "application/problem+json"
                ? $"It refused as {answer.ContentType ?? "nothing"}, not as application/problem+json."
            : answer.Text("code") is null ? "It refused without a code."
            : null;

    private static async Task<string?> RepeatsAsync(PartnerClient partner, string kind)
    {
        var command = Fresh(kind);
        return Differs(await partner.SendAsync(command), await partner.SendAsync(command));
    }

    private static async Task<string?> SerialisesAsync(PartnerClient partner, string kind)
    {
        var command = Fresh(kind);
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => partner.SendAsync(command)));
        return answers.Select(answer => AnswerFault(answer, kind) ?? Differs(answers[0], answer))
            .FirstOrDefault(error => error is not null);
    }

    private static string? Differs(PartnerAnswer one, PartnerAnswer other) =>
        one.IsAccepted != other.IsAccepted || one.IsRefused != other.IsRefused ? $"It answered {one.Status}, then {other.Status}."
        : one.Text("externalId") != other.Text("externalId")
            ? $"It gave the number {one.Text("externalId")}, then {other.Text("externalId")}."
        : null;

    private static string? PageFault(PartnerAnswer answer, int limit)
    {
        if (answer.Status != 200 || answer.Json is not { ValueKind: JsonValueKind.Object } page
            || !page.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Array)
        {
            return $"It answered {answer.Status} with something that is not {{\"events\":[…],\"next\":\"…\"}}.";
        }

        if (events.GetArrayLength() > limit)
        {
            return $"It holds {events.GetArrayLength()} events.";
        }

        return events.GetArrayLength() > 0 && answer.Text("next") is not { Length: > 0 }
            ? "A page with events has no next."
            : events.EnumerateArray().Select(EventFault).FirstOrDefault(error => error is not null);
    }

    private static string? EventFault(JsonElement item) =>
        IncomingEvent.Read(item, null, out var error) is null ? $"An event is no CloudEvents event: {error}" : null;

    private static async Task<string?> SamePageAsync(PartnerClient partner)
    {
        var one = await partner.PollAsync(null, limit: 1);
        var other = await partner.PollAsync(null, limit: 1);
        return one.Text("next") == other.Text("next") ? null : $"It led to {one.Text("next")}, then to {other.Text("next")}.";
    }

    private static async Task<string?> EndsAsync(PartnerClient partner)
    {
        string? cursor = null;
        for (var page = 0; page < 10_000; page++)
        {
            var answer = await partner.PollAsync(cursor);
            if (PageFault(answer, 500) is { } error)
            {
                return error;
            }

            if (answer.Json!.Value.GetProperty("events").GetArrayLength() == 0)
            {
                return answer.Text("next") is null || answer.Text("next") == cursor
                    ? null
                    : $"It changed from {cursor} to {answer.Text("next")}.";
            }

            cursor = answer.Text("next");
        }

        return "It did not end within 10,000 pages.";
    }
}
