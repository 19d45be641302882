using System.Text.Json;
using ControlTower.Integrations.EasyPost;
using ControlTower.Integrations.Polling;
using ControlTower.Integrations.Stripe;

namespace ControlTower.Integrations.Tests.Polling;

public class WatermarkTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 2, 31, 47, TimeSpan.Zero);
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    [Fact]
    public void A_poll_begins_before_the_watermark_by_the_overlap_and_the_first_at_the_beginning()
    {
        new Watermark(At).From(Overlap).ShouldBe(At - Overlap);
        default(Watermark).From(Overlap).ShouldBeNull();
    }

    [Fact]
    public void A_record_within_the_overlap_or_without_a_timestamp_is_new()
    {
        var mark = new Watermark(At);
        mark.IsNew(At.AddMinutes(1), Overlap).ShouldBeTrue();
        mark.IsNew(At - Overlap, Overlap).ShouldBeTrue();
        mark.IsNew(At - Overlap - TimeSpan.FromTicks(1), Overlap).ShouldBeFalse();
        mark.IsNew(null, Overlap).ShouldBeTrue();
        default(Watermark).IsNew(DateTimeOffset.MinValue, Overlap).ShouldBeTrue();
    }

    [Fact]
    public void A_watermark_never_goes_back()
    {
        var mark = default(Watermark).Past(null).Past(At).Past(At.AddDays(-1)).Past(null);
        mark.At.ShouldBe(At);
        mark.Past(At.AddSeconds(1)).At.ShouldBe(At.AddSeconds(1));
    }

    [Theory]
    [InlineData("\"2026-11-21T02:31:47+00:00\"", "2026-11-21T02:31:47Z")]
    [InlineData("1795228307", "2026-11-21T02:31:47Z")]
    [InlineData("null", null)]
    public void A_watermark_is_stored_as_a_time_and_also_read_from_unix_seconds(string json, string? at)
    {
        var mark = JsonSerializer.Deserialize<Watermark>(json);
        mark.At.ShouldBe(at is null ? null : DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        JsonSerializer.Deserialize<Watermark>(JsonSerializer.Serialize(mark)).ShouldBe(mark);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("true")]
    [InlineData("\"yesterday\"")]
    [InlineData("99999999999999")]
    public void A_malformed_time_is_refused(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Watermark>(json));

    [Theory]
    [InlineData(null)]
    [InlineData("17")]
    [InlineData("c-1")]
    [InlineData("""{"mark":"yesterday"}""")]
    public void A_foreign_cursor_begins_again(string? text)
    {
        Cursor.Read<TrackerSweep>(text).ShouldBe(new TrackerSweep());
        Cursor.Read<EventSweep>(text).ShouldBe(new EventSweep());
    }

    [Fact]
    public void A_cursor_is_read_as_it_was_written()
    {
        var trackers = new TrackerSweep(new Watermark(At), new Watermark(At.AddDays(1)), "trk_1", At);
        var events = new EventSweep(new Watermark(At), "tail", default, "evt_1");
        Cursor.Read<TrackerSweep>(trackers.ToString()).ShouldBe(trackers);
        Cursor.Read<EventSweep>(events.ToString()).ShouldBe(events);
    }
}
