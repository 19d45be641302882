using System.Text.Json;
using ControlTower.Core.Inbox;

namespace ControlTower.Core.Tests.Inbox;

/// <summary>An event's id, source and subject are trimmed, as they are in its fact.</summary>
public sealed class IncomingEventTests
{
    [Fact]
    public void An_event_is_the_same_with_blanks_around_its_identity()
    {
        var spaced = Read(id: " e1 ", source: "urn:erp ", subject: "SO-1 ")!;

        spaced.DedupeKey.ShouldBe(Read("e1", "urn:erp", "SO-1")!.DedupeKey);
        (spaced.Id, spaced.Source, spaced.Subject).ShouldBe(("e1", "urn:erp", "SO-1"));
    }

    [Fact]
    public void An_id_of_blanks_counts_as_missing() => Read("  ", "urn:erp", "SO-1").ShouldBeNull();

    [Fact]
    public void A_control_character_is_accepted_here_and_left_to_the_mapping() =>
        Read("e\u00011", "urn:erp", "SO\u00011").ShouldNotBeNull();

    private static IncomingEvent? Read(string id, string source, string subject)
    {
        var sent = new { specversion = "1.0", id, source, type = "tower.order.accepted.v1", subject };
        return IncomingEvent.Read(JsonSerializer.SerializeToUtf8Bytes(sent), null, out _);
    }
}
