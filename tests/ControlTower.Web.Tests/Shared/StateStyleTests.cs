using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Web.Shared;

namespace ControlTower.Web.Tests.Shared;

public sealed class StateStyleTests
{
    public static TheoryData<string, StateLook[]> Looks => new()
    {
        { "stage", Each<TransactionStage>(StateStyle.Of) },
        { "health", Each<TransactionHealth>(StateStyle.Of) },
        { "case", Each<CaseState>(StateStyle.Of) },
        { "command", Each<CommandState>(StateStyle.Of) },
        { "attempt", Each<AttemptOutcome>(StateStyle.Of) },
        { "connector", Each<ConnectorHealth>(StateStyle.Of) },
        { "approval", Each<ApprovalState>(StateStyle.Of) },
        { "message", Each<InboxState>(StateStyle.Of) },
        { "mode", Each<CommandMode>(StateStyle.Of) },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public void Every_state_has_a_word_and_icon_of_its_own(string kind, StateLook[] looks)
    {
        looks.ShouldAllBe(look => look.Word.Length > 0 && look.Icon.Length > 0 && look.Tooltip.EndsWith('.'), kind);
        looks.Select(look => look.Tooltip).ShouldNotContain("A state this version does not know.", kind);
        looks.Select(look => look.Word).ShouldBeUnique(kind);
        looks.Select(look => look.Icon).ShouldBeUnique(kind);
    }

    private static StateLook[] Each<TState>(Func<TState, StateLook> look)
        where TState : struct, Enum => [.. Enum.GetValues<TState>().Select(look)];
}
