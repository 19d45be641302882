using System.Text;
using ControlTower.Core.Connectors.Streaming;
using ControlTower.Core.Inbox;
using ControlTower.Integrations.RabbitMq;
using RabbitMQ.Client;

namespace ControlTower.Integrations.Tests.RabbitMq;

/// <summary>How a message of a queue is stored in the inbox.</summary>
public class DeliveriesTests
{
    private const string Structured =
        """{"specversion":"1.0","id":"1","source":"urn:wms","type":"tower.fulfilment.picked.v1","data":{"site":"S1"}}""";

    [Fact]
    public void A_structured_event_is_kept_byte_for_byte()
    {
        var body = Deliveries.Body(new BasicProperties { ContentType = "application/cloudevents+json" }, Bytes(Structured));
        Encoding.UTF8.GetString(body.Body).ShouldBe(Structured);
        body.Error.ShouldBeNull();
    }

    [Theory]
    [InlineData("cloudEvents:")]
    [InlineData("cloudEvents_")]
    public void An_event_in_binary_mode_equals_the_event_in_structured_mode(string prefix)
    {
        var body = Deliveries.Body(Binary(prefix), Bytes("""{"site":"S1"}"""));
        Read(body.Body).ContentHash.ShouldBe(Read(
            Bytes(Structured.Replace("\"data\"", "\"datacontenttype\":\"application/json\",\"data\"", StringComparison.Ordinal)))
            .ContentHash);
    }

    [Theory]
    [InlineData("application/json", "no JSON", "Its data is not JSON.")]
    [InlineData("text/xml", "<a/>", "In binary mode its data must be JSON in UTF-8; it is text/xml.")]
    [InlineData(null, "{}", "In binary mode its data must be JSON in UTF-8; it is of no content type.")]
    public void A_body_that_is_no_event_keeps_its_bytes_and_has_a_reason(string? type, string data, string why)
    {
        var properties = Binary("cloudEvents:");
        properties.ContentType = type;
        var body = Deliveries.Body(properties, Bytes(data));
        (body.Error, Encoding.UTF8.GetString(body.Body)).ShouldBe((why, data));
    }

    [Fact]
    public void A_body_that_is_too_large_is_not_read() =>
        Deliveries.Body(new BasicProperties(), new byte[Deliveries.LargestBytes + 1])
            .Error.ShouldBe("It has 4194305 bytes, and 4194304 are the most.");

    [Fact]
    public void The_trace_of_a_message_is_taken_from_its_header()
    {
        var trace = $"00-{new string('a', 32)}-{new string('b', 16)}-01";
        var properties = new BasicProperties { Headers = new Dictionary<string, object?> { ["traceparent"] = Bytes(trace) } };
        Deliveries.Body(properties, Bytes(Structured)).TraceParent.ShouldBe(trace);
    }

    private static BasicProperties Binary(string prefix) => new()
    {
        ContentType = "application/json; charset=utf-8",
        Headers = new Dictionary<string, object?>
        {
            [prefix + "specversion"] = Bytes("1.0"), [prefix + "id"] = Bytes("1"), [prefix + "source"] = "urn:wms",
            [prefix + "type"] = Bytes("tower.fulfilment.picked.v1"),
            ["x-death"] = new List<object>(),
        },
    };

    private static IncomingEvent Read(byte[] body) =>
        EventReading.Read(body, null, out var error) ?? throw new InvalidOperationException(error);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
