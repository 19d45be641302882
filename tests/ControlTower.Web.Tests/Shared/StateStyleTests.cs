using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Web.Features.Shipments;
using ControlTower.Web.Shared;

namespace ControlTower.Web.Tests.Shared;

public sealed class StateStyleTests
{
    public static TheoryData<string, StateDisplay[]> Looks => new()
    {
        { "stage", Each<TransactionStage>(StateStyle.For) },
        { "health", Each<TransactionHealth>(StateStyle.For) },
        { "shipment", Each<ShipmentState>(StateStyle.For) },
        { "case", Each<CaseState>(StateStyle.For) },
        { "command", Each<CommandState>(StateStyle.For) },
        { "attempt", Each<AttemptOutcome>(StateStyle.For) },
        { "connector", Each<ConnectorHealth>(StateStyle.For) },
        { "approval", Each<ApprovalState>(StateStyle.For) },
        { "message", Each<InboxState>(StateStyle.For) },
        { "mode", Each<CommandMode>(StateStyle.For) },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public void Every_state_has_a_distinct_text_and_icon(string kind, StateDisplay[] looks)
    {
        looks.ShouldAllBe(look => look.Text.Length > 0 && look.Icon.Length > 0 && look.Tooltip.EndsWith('.'), kind);
        looks.Select(look => look.Tooltip).ShouldNotContain("A state this version does not know.", kind);
        looks.Select(look => look.Text).ShouldBeUnique(kind);
        looks.Select(look => look.Icon).ShouldBeUnique(kind);
    }

    private static StateDisplay[] Each<TState>(Func<TState, StateDisplay> look)
        where TState : struct, Enum => [.. Enum.GetValues<TState>().Select(look)];
}
