using ControlTower.Core.Cases;
using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Exceptions.Parts;
using ControlTower.Web.Shared.Kit;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>The actions of the list's buttons and keys: on one case, or on each of the frozen selection.</summary>
public sealed partial class ExceptionsPage
{
    private Task TakeSelectedAsync() => RunAsync("Take", Chosen, TakeAsync);

    private Task ReplaySelectedAsync() => RunAsync("Replay", Chosen, ReplayAsync);

    private Task WaiveSelectedAsync() => EndSelectedAsync(
        "Waive",
        "Each condition is accepted as it is: what it names continues, and what it holds stays held. Exceptions about a message are left "
            + "as they are.", Cases.WaiveAsync);

    private Task DiscardSelectedAsync() => EndSelectedAsync(
        "Discard", "Each message is discarded and never applied. Exceptions that are conditions are left as they are.", Cases.DiscardAsync);

    private async Task EndSelectedAsync(
        string verb, string consequence, Func<long, string?, Actor, int?, CancellationToken, Task<CaseResult>> end)
    {
        var ids = Chosen;
        string[] will = [$"{ids.Count} {(ids.Count == 1 ? "exception is" : "exceptions are")} looked at one by one.", consequence];
        if (await AskReasonAsync(verb, will, $"{verb} {ids.Count}", danger: true) is { Length: > 0 } text)
        {
            await RunAsync(verb, ids, async id => (await end(id, text, _actor!, null, default)).Refusal?.Message);
        }
    }

    /// <summary>
    /// The selection in the list's order, frozen when the action begins; without one the hovered row.
    /// </summary>
    private IReadOnlyList<long> Chosen => _selected.Count > 0 ? [.. _selected]
        : Pointed >= 0 ? [_pointedId!.Value]
        : [];

    private async Task<string?> TakeAsync(long id) => (await Cases.AssignAsync(id, CaseAssignment.Take, _actor!)).Refusal?.Message;

    private async Task<string?> ReplayAsync(long id) => (await Replays.ReplayAsync(id, _actor!)).Refusal?.Message;

    private async Task RunAsync(string title, IReadOnlyList<long> ids, Func<long, Task<string?>> act)
    {
        if (ids.Count == 0 || Running || _actor is null)
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
            case "j": Point(Pointed + 1); break;
            case "k": Point(Pointed - 1); break;
            case "x" when Pointed >= 0: Toggle(_pointedId!.Value); break;
            case "Enter" when Pointed >= 0: Navigation.NavigateTo($"exceptions/{_pointedId}"); break;
            case "a": await TakeSelectedAsync(); break;
            case "r": await ReplaySelectedAsync(); break;
            case "?": _ = ShowHelp(); break;
            case "Escape": await ClearSelectionAsync(); break;
        }

        StateHasChanged();
    }

    /// <summary>The row is identified by its id: the keys act on what was seen, also when rows move.</summary>
    private void Point(int place)
    {
        if (_page is { Items.Count: > 0 } page)
        {
            _pointedId = page.Items[Math.Clamp(place, 0, page.Items.Count - 1)].Id;
        }
    }

    private void Toggle(long id) =>
        _selected = _selected.Contains(id) ? _selected.Where(other => other != id).ToHashSet() : _selected.Append(id).ToHashSet();
}
