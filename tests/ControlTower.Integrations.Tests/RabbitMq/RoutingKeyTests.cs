using System.Text;
using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Integrations.RabbitMq;

namespace ControlTower.Integrations.Tests.RabbitMq;

/// <summary>The routing key of a milestone, by the connector's settings.</summary>
public class RoutingKeyTests
{
    private static readonly PublishedMilestone Delivered = new("shipment.delivered", TransactionStage.Delivered, null, "U.P.S *", "1000");

    [Theory]
    [InlineData("milestone.{milestone}.{place}", "milestone.shipment.delivered.U_P_S__")]
    [InlineData("{stage}.{site}.{carrier}.{legalEntity}", "delivered.none.U_P_S__.1000")]
    [InlineData("all", "all")]
    public void The_template_is_filled_in_and_values_contain_no_patterns(string template, string key) =>
        new RoutingKey(template).From(Delivered).ShouldBe(key);

    [Fact]
    public void The_site_takes_precedence_over_the_carrier() =>
        new RoutingKey(RoutingKey.Default).From(Delivered with { Site = "S1" }).ShouldBe("milestone.shipment.delivered.S1");

    [Fact]
    public void A_key_never_has_more_bytes_than_AMQP_allows() =>
        Encoding.UTF8.GetByteCount(new RoutingKey("{site}{carrier}")
            .From(Delivered with { Site = new string('é', 120), Carrier = new string('é', 120) })).ShouldBeLessThanOrEqualTo(255);

    [Theory]
    [InlineData("{customer}", "{customer} is none of {milestone}, {stage}, {site}, {carrier}, {place}, {legalEntity}.")]
    [InlineData("a b", "It must have no white space, * or #.")]
    [InlineData("a.#", "It must have no white space, * or #.")]
    public void An_invalid_template_is_an_error(string template, string error) =>
        new RoutingKey(template).FindError().ShouldBe(error);

    [Fact]
    public void A_connector_publishes_what_its_settings_name()
    {
        var kind = new RabbitMqKind(null!, null!);
        kind.PublishingOf(JsonElement.Parse("""{"hosts":["mq"],"user":"u","queues":["q"]}""")).ShouldBeNull();
        kind.PublishingOf(JsonElement.Parse("""{"hosts":["mq"],"user":"u","exchange":"e"}"""))!.Milestones.ShouldBeNull();
        var some = kind.PublishingOf(JsonElement.Parse(
            """{"hosts":["mq"],"user":"u","exchange":"e","milestones":["shipment.delivered"],"routingKey":"x.{milestone}"}"""))!;
        some.Milestones.ShouldBe(["shipment.delivered"]);
        some.AddressOf(Delivered).ShouldBe("x.shipment.delivered");
    }
}
