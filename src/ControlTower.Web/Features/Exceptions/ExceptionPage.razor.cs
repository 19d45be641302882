using ControlTower.Core.Approvals;
using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Core.Replay;
using ControlTower.Web.Features.Exceptions.Parts;
using ControlTower.Web.Identity;
using ControlTower.Web.Live;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>One exception: what happened, what it costs, what to do about it, and doing it.</summary>
public sealed partial class ExceptionPage
{
    private CaseDetail? _detail;
    private Actor? _actor;
    private string _note = "";
    private bool _missing;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private CaseDetailQuery Query { get; set; } = null!;

    [Inject]
    private CaseService Cases { get; set; } = null!;

    [Inject]
    private ReplayService Replays { get; set; } = null!;

    [Inject]
    private ReleaseFromCase Releases { get; set; } = null!;

    [Inject]
    private TowerClocks Clocks { get; set; } = null!;

    protected override Task OnParametersSetAsync()
    {
        if (_detail?.Row.Id == Id)
        {
            return Task.CompletedTask;
        }

        (_detail, _missing) = (null, false);
        return LoadAsync();
    }

    private bool Concerns(LiveChange change) => change.TouchesCase(Id) || change.Approvals;

    protected override async Task LoadAsync()
    {
        await ReadAsync("An exception could not be read", async () =>
        {
            _actor ??= await Current.GetAsync();
            _detail = await Query.FindAsync(Id, _actor, Leaving);
            _missing = _detail is null;
        });
    }

    private Task ActAsync(CaseAction act) => act switch
    {
        CaseAction.Take => ActAsync(
            "Taking it…", async () => From(await Cases.AssignAsync(Id, CaseAssignment.Take, _actor!, _detail!.Row.Version))),
        CaseAction.Replay => ActAsync("Replaying…", async () => From(await Replays.ReplayAsync(Id, _actor!))),
        CaseAction.Assign => AssignAsync(),
        CaseAction.Waive => WaiveAsync(),
        CaseAction.Discard => DiscardAsync(),
        CaseAction.RequestApproval => AskAsync(),
        CaseAction.Confirm => ConfirmAsync(),
        CaseAction.SendAgain => SendAgainAsync(),
        _ => Task.CompletedTask,
    };

    private async Task AssignAsync()
    {
        var picked = await Dialogs.AskAsync<AssignDialog, CaseAssignment>("Hand over", new DialogParameters<AssignDialog>
        {
            { dialog => dialog.Team, _detail!.Row.Team },
            { dialog => dialog.Site, _detail.Row.Site },
        });
        if (picked is { } to)
        {
            await ActAsync("Handing it over…", async () => From(await Cases.AssignAsync(Id, to, _actor!)));
        }
    }

    private async Task WaiveAsync()
    {
        var row = _detail!.Row;
        string[] will =
        [
            row.AmountAtRisk is > 0
                ? $"The condition is accepted as it is. {MoneyFormat.From(row.AmountAtRisk.Value, row.Currency!)} stays at risk, and what "
                    + "it holds stays held."
                : "The condition is accepted as it is: what it names continues, and what it holds stays held.",
            $"It stays listed under the waived exceptions of "
                + $"{row.Assignee ?? $"the {CaseSelection.Team(row.Team).ToLowerInvariant()} team"} until its cause is gone.",
            "It opens again when it comes again. The reason is in the audit under your name.",
        ];
        if (await AskReasonAsync("Waive", will, "Waive", danger: true) is { Length: > 0 } reason)
        {
            await ActAsync("Waiving…", async () => From(await Cases.WaiveAsync(Id, reason, _actor!)));
        }
    }

    private async Task DiscardAsync()
    {
        string[] will =
        [
            $"{_detail!.PayloadOf ?? "Its message"} is discarded: it is never applied to an order.",
            "The reason is in the audit under your name.",
        ];
        if (await AskReasonAsync("Discard", will, "Discard", danger: true) is { Length: > 0 } reason)
        {
            await ActAsync("Discarding…", async () => From(await Cases.DiscardAsync(Id, reason, _actor!)));
        }
    }

    private async Task AskAsync()
    {
        var choice = await Dialogs.AskAsync<ReleaseDialog, ReleaseChoice>(
            "Ask for the release", new DialogParameters<ReleaseDialog> { { dialog => dialog.Invoices, _detail!.Held } });
        if (choice is { } chosen)
        {
            await ActAsync("Asking…", () => AskEachAsync(chosen));
        }
    }

    /// <summary>Each invoice is its own request; the result has the outcome of each.</summary>
    private async Task<(bool Done, string Said)> AskEachAsync(ReleaseChoice chosen)
    {
        var results = new List<Core.Approvals.ApprovalResult>();
        foreach (var invoice in chosen.Invoices)
        {
            results.Add(await Releases.AskAsync(Id, chosen.Reason, invoice.Shipment, _actor!, invoice.ContentHash));
        }

        return (results.TrueForAll(result => result.Done), string.Join(' ', results.Select(result => result.Message)));
    }

    private async Task ConfirmAsync()
    {
        var command = _detail!.Command!;
        var number = await Dialogs.AskAsync<NumberDialog, string>("It is there", new DialogParameters<NumberDialog>
        {
            {
                dialog => dialog.Explanation,
                $"Look for {command.Key} in {command.Connector}. If it is there, give its number; the order continues as if "
                    + $"{command.Connector} had answered."
            },
        });
        if (number is { Length: > 0 } externalId)
        {
            await ActAsync("Noting it…", async () => From(await Replays.ConfirmAsync(Id, externalId, _actor!)));
        }
    }

    private async Task SendAgainAsync()
    {
        var command = _detail!.Command!;
        string[] will =
        [
            $"You looked for {command.Key} in {command.Connector} and it is not there. If it is, it may be done twice.",
            "The same content is sent under the same key. What you write here is recorded in the audit under your name.",
        ];
        var example = $"For example: not in today's list of {command.Connector}.";
        if (await AskReasonAsync("Send it again", will, "Send it again", example, danger: true) is { Length: > 0 } reason)
        {
            await ActAsync("Sending it again…", async () => From(await Replays.SendAgainAsync(Id, reason, _actor!)));
        }
    }

    private async Task NoteAsync()
    {
        var text = _note;
        await ActAsync("Noting…", async () =>
        {
            var result = await Cases.NoteAsync(Id, text, _actor!);
            _note = result.Done ? "" : _note;
            return From(result);
        });
    }

    private static (bool Done, string Said) From(CaseResult result) => (result.Done, result.Message);

    private static (bool Done, string Said) From(ReplayResult result) => (result.Done, result.Message);
}
