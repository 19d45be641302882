using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Policies;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Exceptions.Parts;
using ControlTower.Web.Identity;
using ControlTower.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Features.Approvals;

/// <summary>One request: amount against limit, the policy's evidence, and the decision.</summary>
public sealed partial class ApprovalPage
{
    private ApprovalDetail? _detail;
    private Actor? _actor;
    private ApprovalPolicy _policy = new();
    private bool _missing;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private ApprovalQueries Queries { get; set; } = null!;

    [Inject]
    private ApprovalService Approvals { get; set; } = null!;

    protected override Task OnParametersSetAsync()
    {
        if (_detail?.Row.Id == Id)
        {
            return Task.CompletedTask;
        }

        (_detail, _missing) = (null, false);
        return LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        await ReadAsync("A request could not be read", async () =>
        {
            _actor ??= await Current.GetAsync();
            _policy = await Queries.PolicyAsync(Leaving);
            _detail = await Queries.FindAsync(Id, _actor, Leaving);
            _missing = _detail is null;
        });
    }

    private async Task ApproveAsync()
    {
        var row = _detail!.Row;
        var missing = _detail.Evidence.Count(item => !item.Present);
        string[] will =
        [
            $"{ReleaseText.Format(row.Document, row.Shipment, row.Amount, row.Currency)}, goes to {row.Customer} at once, and is posted.",
            missing == 0
                ? "All evidence is there; another reason holds it."
                : $"{missing} of {_detail.Evidence.Count} pieces of evidence {(missing == 1 ? "is" : "are")} missing.",
            "It is recorded in the audit under your name.",
        ];
        var confirmation = $"Release {MoneyFormat.From(row.Amount, row.Currency)}";
        var comment = await AskReasonAsync("Approve the release", will, confirmation, required: false);
        if (comment is not null)
        {
            await DecideAsync("Releasing…", () => Approvals.ApproveAsync(Id, _actor!, comment));
        }
    }

    private async Task RejectAsync()
    {
        var row = _detail!.Row;
        string[] will = [
            $"{ReleaseText.Format(row.Document, row.Shipment, row.Amount, row.Currency)}, stays held until the evidence comes.",
            $"{row.RequestedBy} sees your reason."];
        if (await AskReasonAsync("Refuse the release", will, "Refuse", danger: true) is { Length: > 0 } reason)
        {
            await DecideAsync("Refusing…", () => Approvals.RejectAsync(Id, _actor!, reason));
        }
    }

    private Task DecideAsync(string doing, Func<Task<ApprovalResult>> decide) => ActAsync(
        doing,
        async () => From(await decide()),
        "The database could not be reached; nothing was decided. Try again.");

    private static (bool Done, string Said) From(ApprovalResult result) => (result.Done, result.Message);

    private static string DecisionText(ApprovalRow row) => row.State switch
    {
        ApprovalState.Approved => $"{row.DecidedBy} released it.{Remark(row)}",
        ApprovalState.Rejected => $"{row.DecidedBy} refused it.{Remark(row)}",
        ApprovalState.Expired => "Nobody decided in time; it can be requested again.",
        _ => "What it was requested for has changed; it can be requested again.",
    };

    private static string Remark(ApprovalRow row) => string.IsNullOrEmpty(row.Comment) ? "" : $" “{row.Comment}”";

    private static string Difference(ApprovalDetail detail)
    {
        var come = detail.EvidenceNow!.Count(now => now.Present && detail.Evidence.Any(then => then.Needed == now.Needed && !then.Present));
        return come == 0 ? "Nothing has come since." : $"{come} {(come == 1 ? "piece" : "pieces")} of evidence came since the request.";
    }
}
