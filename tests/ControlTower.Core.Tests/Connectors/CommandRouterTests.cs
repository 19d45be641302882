using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Connectors;

/// <summary>
/// Which connector a command goes to. A connector is written as <c>name role sites entities takes</c>; <c>*</c> is all.
/// </summary>
public class CommandRouterTests
{
    private const string Warehouses = "both wms WH1 1000 *; entity wms * 1000 *; site wms WH1 * *; all wms * * *";

    [Theory]
    [InlineData(Warehouses, "release-fulfilment", "WH1", "1000", "both")]
    [InlineData(Warehouses, "release-fulfilment", "WH2", "1000", "entity")]
    [InlineData(Warehouses, "release-fulfilment", "WH1", "2000", "site")]
    [InlineData(Warehouses, "release-fulfilment", "WH2", "2000", "all")]
    [InlineData("site wms WH1 * *", "release-fulfilment", "WH2", "2000", null)]
    [InlineData("site wms WH1 * *", "create-invoice", "WH1", "2000", null)]
    public void The_most_specific_connector_gets_the_command(
        string connectors, string kind, string site, string entity, string? expected) =>
        Route(connectors, kind, site, entity).ShouldBe(expected);

    [Theory]
    [InlineData("site wms WH1 * cancel-fulfilment; all wms * * *", "release-fulfilment", "all")]
    [InlineData("site wms WH1 * cancel-fulfilment; all wms * * *", "cancel-fulfilment", "site")]
    [InlineData("all wms * * none", "release-fulfilment", null)]
    [InlineData("all wms * * cancel-fulfilment", "release-fulfilment", null)]
    public void A_connector_gets_only_the_kinds_that_it_takes(string connectors, string kind, string? expected) =>
        Route(connectors, kind, "WH1", "1000").ShouldBe(expected);

    [Theory]
    [InlineData("home erp * 1000 *; narrow erp WH1 2000 *", "post-invoice", "home", "home")]
    [InlineData("home erp * 1000 update-order-status; narrow erp WH1 2000 *", "post-invoice", "home", "narrow")]
    [InlineData("home erp * 1000 update-order-status; narrow erp WH1 2000 *", "update-order-status", "home", "home")]
    [InlineData("home erp * 1000 *; narrow erp WH1 2000 *", "post-invoice", "gone", "narrow")]
    [InlineData("home erp * 1000 *; bill billing * * *", "create-invoice", "home", "bill")]
    public void An_erp_command_goes_to_the_founder_if_it_takes_the_kind(string connectors, string kind, string founder, string expected) =>
        Route(connectors, kind, "WH1", "2000", founder).ShouldBe(expected);

    [Theory]
    [InlineData("bill billing WH1,WH2 * *", "bill")]
    [InlineData("bill billing WH1 * *; all billing * * *", "all")]
    [InlineData("bill billing WH1 1000 *; site billing WH2 * *", "bill")]
    [InlineData("east billing WH1 * *; west billing WH2 * *", null)]
    [InlineData("bill billing WH1 2000 *", null)]
    public void A_command_without_a_site_goes_to_a_connector_with_sites_only_if_no_other_remains(string connectors, string? expected) =>
        Route(connectors, "create-invoice", null, "1000").ShouldBe(expected);

    internal static SystemTopology Landscape(string connectors) => Landscapes.Whole with
    {
        Connectors = [.. connectors.Split("; ").Select(Connector)],
        Sites = new Dictionary<string, SiteProfile>(),
    };

    private static ConnectorProfile Connector(string text)
    {
        var parts = text.Split(' ');
        return new ConnectorProfile(parts[0], "open", parts[1], List(parts[2]), List(parts[3]), [], false)
        {
            Takes = parts[4] switch { "*" => null, "none" => [], _ => parts[4].Split(',') },
        };
    }

    private static string? Route(string connectors, string kind, string? site, string entity, string? founder = null) =>
        Landscape(connectors).Route(kind, site, entity, founder)?.Name;

    private static string[] List(string text) => text == "*" ? [] : text.Split(',');
}
