using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Tests.Kernel;

public class TopologyTests
{
    private static ConnectorProfile Warehouse(string[] sites, string[] entities, params string[] reports)
        => new("wms", "open", Roles.Wms, sites, entities, reports, Paused: false);

    private static SystemTopology With(params ConnectorProfile[] connectors) => SystemTopology.Empty with { Connectors = connectors };

    [Theory]
    [InlineData("1000", "WH1", CommandMode.Native)]
    [InlineData("1000", "WH2", CommandMode.Observe)]
    [InlineData("2000", "WH1", CommandMode.Send)]
    [InlineData("2000", "WH2", CommandMode.Observe)]
    public void The_most_specific_rule_gives_the_mode(string entity, string site, CommandMode mode)
    {
        const string kind = CommandKinds.ReleaseFulfilment;
        CommandModeRule[] rules =
        [
            new(kind, null, null, CommandMode.Observe), new(kind, null, "WH1", CommandMode.Send),
            new(kind, "1000", null, CommandMode.Observe), new(kind, "1000", "WH1", CommandMode.Native),
        ];

        (SystemTopology.Empty with { Modes = rules }).ModeOf(kind, entity, site).ShouldBe(mode);
        (SystemTopology.Empty with { Modes = [.. rules.Reverse()] }).ModeOf(kind, entity, site).ShouldBe(mode);
    }

    [Fact]
    public void Without_a_rule_for_the_kind_a_command_is_sent()
        => (SystemTopology.Empty with { Modes = [new(CommandKinds.PostInvoice, null, null, CommandMode.Observe)] })
            .ModeOf(CommandKinds.CreateInvoice, "1000", "WH1").ShouldBe(CommandMode.Send);

    [Fact]
    public void A_milestone_is_expected_where_its_owner_reports_it()
    {
        var topology = With(Warehouse(["WH1"], ["1000"], Milestones.FulfilmentPicked, Milestones.InvoiceIssued));

        topology.IsReported(Milestones.FulfilmentPicked, "WH1", "1000").ShouldBeTrue();
        topology.IsReported(Milestones.FulfilmentPicked, "WH2", "1000").ShouldBeFalse();
        topology.IsReported(Milestones.FulfilmentPicked, null, "1000").ShouldBeFalse();
        topology.IsReported(Milestones.FulfilmentPicked, "WH1", "2000").ShouldBeFalse();
        topology.IsReported(Milestones.FulfilmentPacked, "WH1", "1000").ShouldBeFalse();
        topology.IsReported(Milestones.InvoiceIssued, "WH1", "1000").ShouldBeFalse();
        With(Warehouse([], [], Milestones.FulfilmentPicked)).IsReported(Milestones.FulfilmentPicked, null, "1000").ShouldBeTrue();
    }
}
