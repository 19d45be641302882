using ControlTower.Core.Exceptions;
using ControlTower.Web.Features.Exceptions.Parts;
using Radzen;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>What the list's buttons and keys do: one case, or each of the frozen selection.</summary>
public sealed partial class ExceptionsPage
{
    private Task TakeSelectedAsync() => RunAsync("Take", Chosen, TakeAsync);

    private Task ReplaySelectedAsync() => RunAsync("Replay", Chosen, ReplayAsync);

    private async Task ResolveSelectedAsync()
    {
        var ids = Chosen;
        string[] will =
        [
            $"{ids.Count} {(ids.Count == 1 ? "exception is" : "exceptions are")} looked at one by one.",
            "Messages behind them are discarded and never applied; conditions are waived and open again when they come anew.",
        ];
        var reason = await Dialogs.OpenAsync<ReasonDialog>("Resolve", new Dictionary<string, object?>
        {
            [nameof(ReasonDialog.Consequences)] = will,
            [nameof(ReasonDialog.Confirmation)] = $"Resolve {ids.Count}",
            [nameof(ReasonDialog.Danger)] = true,
        }!);
        if (reason is string { Length: > 0 } text)
        {
            await RunAsync("Resolve", ids, async id => (await Cases.ResolveAsync(id, text, _actor!)).Refusal?.Message);
        }
    }

    /// <summary>The selection in the list's order, frozen when the act begins; without one the row that is pointed at.</summary>
    private IReadOnlyList<long> Chosen => _selected.Count > 0 ? [.. _selected]
        : _page is not null && _pointed >= 0 && _pointed < _page.Items.Count ? [_page.Items[_pointed].Id]
        : [];

    private async Task<string?> TakeAsync(long id) => (await Cases.AssignAsync(id, CaseAssignment.Take, _actor!)).Refusal?.Message;

    private async Task<string?> ReplayAsync(long id) => (await Replays.ReplayAsync(id, _actor!)).Refusal?.Message;

    private async Task RunAsync(string title, IReadOnlyList<long> ids, Func<long, Task<string?>> act)
    {
        if (ids.Count == 0 || Busy || _actor is null)
        {
            return;
        }

        if (ids.Count == 1)
        {
            await OneAsync(title, ids[0], act);
        }
        else
        {
            _run = new BulkRun(title, ids);
            await _run.RunAsync(act, StateHasChanged);
            _selected = new HashSet<long>();
        }

        await LoadAsync();
    }

    private async Task OneAsync(string title, long id, Func<long, Task<string?>> act)
    {
        var toast = Toasts.Start($"{title}: exception {id}…");
        var whyNot = await act(id);
        toast.End(whyNot is null, whyNot ?? (title == "Take" ? $"Exception {id} is yours." : $"{title}: exception {id} is done."));
    }

    private Task CloseRunAsync()
    {
        _run = null;
        return Task.CompletedTask;
    }

    private async Task OnKeyAsync(string key)
    {
        if (_page is null)
        {
            return;
        }

        switch (key)
        {
            case "j": Point(_pointed + 1); break;
            case "k": Point(_pointed - 1); break;
            case "x" when _pointed >= 0: Toggle(_page.Items[_pointed].Id); break;
            case "Enter" when _pointed >= 0: Navigation.NavigateTo($"exceptions/{_page.Items[_pointed].Id}"); break;
            case "a": await TakeSelectedAsync(); break;
            case "r": await ReplaySelectedAsync(); break;
            case "?": _ = ShowHelp(); break;
            case "Escape": await ClearSelectionAsync(); break;
        }

        StateHasChanged();
    }

    private void Point(int place) => _pointed = Math.Clamp(place, 0, Math.Max(0, _page!.Items.Count - 1));

    private void Toggle(long id) => _selected = _selected.Contains(id) ? _selected.Where(other => other != id).ToHashSet() : _selected.Append(id).ToHashSet();
}
