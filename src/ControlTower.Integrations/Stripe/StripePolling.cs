using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Polling;

namespace ControlTower.Integrations.Stripe;

/// <summary>Reads the events that webhooks may have lost: Stripe keeps them for 30 days.</summary>
internal sealed class StripePolling(StripeApi api, TimeProvider time)
{
    private const string Vendor = "Stripe";
    private const int PageSize = 100;

    public async Task<PollResult> ReadAsync(string? cursor, Deadline deadline)
    {
        var sweep = Cursor.Read<EventSweep>(cursor);
        var answer = await api.GetAsync(PathOf(sweep), deadline);
        if (!answer.IsOk || answer.Member("data") is not { ValueKind: JsonValueKind.Array } data)
        {
            // The event at the sweep's position is kept for 30 days; after a longer pause the sweep starts again.
            return answer.Status is 400 or 404 && sweep.After is not null
                ? new PollResult([], (sweep with { After = null, High = default }).ToString())
                : PageError.From(answer, Vendor);
        }

        var events = data.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).ToList();
        var isFirst = sweep.After is null;
        var tail = isFirst ? TailOf(events) : sweep.Tail;
        if (isFirst && events.Count > 0 && tail == sweep.Tail && CreatedOf(events[0]) == sweep.Mark.At)
        {
            return new PollResult([], cursor);
        }

        var high = isFirst ? new Watermark(events.Select(CreatedOf).FirstOrDefault()) : sweep.High;
        var next = answer.Member("has_more").ValueKind == JsonValueKind.True && events.Count > 0
            ? sweep with { Tail = tail, High = high, After = StripeJson.Text(events[^1], "id") }
            : new EventSweep(sweep.Mark.Past(high.At), tail);
        return events.Count == 0 && sweep.After is null
            ? new PollResult([], cursor)
            : new PollResult([.. events.Select(StripeEvents.From)], next.ToString());
    }

    private string PathOf(EventSweep sweep)
    {
        var types = string.Concat(StripeEvents.OfInterest.Select(type => $"&types[]={type}"));
        var after = sweep.After is { } id ? $"&starting_after={Uri.EscapeDataString(id)}" : "";
        return FormattableString.Invariant(
            $"/v1/events?limit={PageSize}&created[gte]={sweep.From(time.GetUtcNow()).ToUnixTimeSeconds()}{types}{after}");
    }

    /// <summary>The events from a little before the newest: what is listed late appears among them.</summary>
    private static string TailOf(List<JsonElement> events) =>
        EventSweep.DigestOf(events.Where(item => CreatedOf(item) >= CreatedOf(events[0]) - EventSweep.Overlap)
            .Select(item => StripeJson.Text(item, "id") ?? ""));

    private static DateTimeOffset? CreatedOf(JsonElement item) =>
        StripeJson.Member(item, "created") is { ValueKind: JsonValueKind.Number } created && created.TryGetInt64(out var seconds)
            && seconds is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
