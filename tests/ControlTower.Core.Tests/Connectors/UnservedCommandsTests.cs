using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Tests.Connectors;

/// <summary>What no connector takes, written as <c>kind/legal entity/site</c>; <c>*</c> is any.</summary>
public class UnservedCommandsTests
{
    private const string Rest = "; erp erp * * *; tms tms * * *; billing billing * * *";

    [Theory]
    [InlineData("wms wms * * *", "")]
    [InlineData("wms wms * * cancel-fulfilment", "release-fulfilment/*/*")]
    [InlineData("east wms WH1 * *; west wms WH2 * *", "")]
    [InlineData("east wms WH1 * *; west wms WH2 * cancel-fulfilment", "release-fulfilment/*/WH2")]
    [InlineData("us wms * 1000 *; eu wms * 2000 cancel-fulfilment", "release-fulfilment/2000/*")]
    [InlineData("a wms WH1 1000 *; b wms WH2 2000 *",
        "release-fulfilment/1000/WH2, release-fulfilment/2000/WH1, cancel-fulfilment/1000/WH2, cancel-fulfilment/2000/WH1")]
    public void A_gap_is_listed_once_at_its_widest(string warehouses, string expected) => Listed(warehouses + Rest).ShouldBe(expected);

    [Fact]
    public void Without_any_connector_every_kind_is_unserved_anywhere()
        => UnservedCommands.For(SystemTopology.Empty).ShouldBe(CommandKinds.All.Select(kind => new UnservedCommand(kind, null, null)));

    [Fact]
    public void Erp_commands_are_served_everywhere_while_every_founder_takes_them()
    {
        Listed("wms wms * * *; a erp WH1 1000 *; b erp * 2000 *; tms tms * * *; billing billing * * *").ShouldBe("");
        Listed("wms wms * * *; a erp * 1000 *; b erp * 2000 post-goods-issue,post-invoice; tms tms * * *; billing billing * * *")
            .ShouldBe("update-order-status/2000/*");
    }

    [Fact]
    public void A_site_of_one_legal_entity_is_no_gap_of_another()
    {
        var landscape = CommandRouterTests.Landscape("a wms WH1 1000 *; b wms WH2 2000 *" + Rest);
        var owned = landscape with
            { Sites = new Dictionary<string, SiteProfile> { ["WH1"] = Site("WH1", "1000"), ["WH2"] = Site("WH2", "2000") } };

        UnservedCommands.For(owned).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CommandMode.Native)]
    [InlineData(CommandMode.Observe)]
    public void A_kind_that_is_not_sent_is_no_gap(CommandMode mode)
    {
        var landscape = CommandRouterTests.Landscape("wms wms * * cancel-fulfilment" + Rest) with
            { Modes = [new("release-fulfilment", null, null, mode)] };

        UnservedCommands.For(landscape).ShouldBeEmpty();
    }

    private static SiteProfile Site(string code, string entity) => new(code, code, "Etc/UTC", null, entity, null);

    private static string Listed(string connectors) => string.Join(
        ", ",
        UnservedCommands.For(CommandRouterTests.Landscape(connectors))
            .Select(item => $"{item.Kind}/{item.LegalEntity ?? "*"}/{item.Site ?? "*"}"));
}
