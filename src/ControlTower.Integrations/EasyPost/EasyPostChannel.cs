using System.Globalization;
using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Polling;

namespace ControlTower.Integrations.EasyPost;

/// <summary>
/// Reads one EasyPost account: a poll brings what webhooks lost. It writes nothing there; trackers are created by the
/// system that buys the labels.
/// </summary>
internal sealed class EasyPostChannel(
    JsonApi api, ConnectorPipeline pipeline, PipelineOptions options, int days, TimeSpan rest, TimeProvider time) : IConnectorChannel
{
    private const string Vendor = "EasyPost";
    private const int PageSize = 100;

    /// <summary>Of one poll; more follow in the next.</summary>
    private const int PagesAtOnce = 20;

    public Task<SendResult> SendAsync(CommandEnvelope command, CancellationToken cancellation) =>
        Task.FromResult(new SendResult(SendOutcome.Rejected, Code: "COMMAND_UNSUPPORTED",
            Detail: $"EasyPost takes no {command.Kind}; the connector only reads."));

    public UnknownOutcomePolicy PolicyForUnknownOutcome(string commandKind) => UnknownOutcomePolicy.Never;

    public ChannelPace Pace() => pipeline.Pace();

    public ChannelFlow Flow() => pipeline.Flow();

    public async Task<PollResult> PollAsync(string? cursor, int limit, CancellationToken cancellation)
    {
        var sweep = Cursor.Read<TrackerSweep>(cursor);
        if (sweep.Rests(time.GetUtcNow(), rest))
        {
            return new PollResult([], cursor);
        }

        var events = new List<byte[]>();
        for (var page = 0; page < PagesAtOnce && events.Count < limit; page++)
        {
            var answer = await ListAsync(sweep.Before, PageSize, cancellation);
            if (!answer.IsOk || answer.Member("trackers") is not { ValueKind: JsonValueKind.Array } trackers)
            {
                return PageError.From(answer, Vendor);
            }

            sweep = Take(trackers, sweep, events);
            if (answer.Member("has_more").ValueKind != JsonValueKind.True || trackers.GetArrayLength() == 0)
            {
                sweep = sweep.Ended(time.GetUtcNow());
                break;
            }
        }

        return new PollResult(events, sweep.ToString());
    }

    public async Task<TestResult> TestAsync(CancellationToken cancellation)
    {
        var answer = await ListAsync(null, 1, cancellation);
        return answer switch
        {
            { IsOk: true } when answer.Member("trackers").ValueKind == JsonValueKind.Array => new TestResult(
                [new TestStep("EasyPost took the API key.", true),
                    new TestStep("A page of trackers was read; nothing was written.", true)]),
            { Status: 401 or 403 } => new TestResult([new TestStep($"EasyPost answered {answer.Status}: it refuses the API key.", false)]),
            _ => new TestResult([new TestStep(PageError.From(answer, Vendor).Error!, false)]),
        };
    }

    private static TrackerSweep Take(JsonElement trackers, TrackerSweep sweep, List<byte[]> events)
    {
        foreach (var tracker in trackers.EnumerateArray().Where(tracker => tracker.ValueKind == JsonValueKind.Object))
        {
            var updated = Text(tracker, "updated_at") is { } text
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)
                    ? read
                    : (DateTimeOffset?)null;
            if (sweep.IsNew(updated))
            {
                events.AddRange(TrackerEvents.Split(tracker));
            }

            sweep = sweep.Past(Text(tracker, "id"), updated);
        }

        return sweep;
    }

    private async Task<ApiAnswer> ListAsync(string? before, int size, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        var since = time.GetUtcNow().AddDays(-days).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var older = before is null ? "" : $"&before_id={Uri.EscapeDataString(before)}";
        var path = $"/v2/trackers?page_size={size}&start_datetime={Uri.EscapeDataString(since)}{older}";
        return await api.GetAsync(path, new Deadline(both.Token, cancellation));
    }

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
