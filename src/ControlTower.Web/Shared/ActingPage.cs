using ControlTower.Core.Kernel;
using ControlTower.Web.Shared.Kit;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ControlTower.Web.Shared;

/// <summary>A page with actions: one toast from start to result, one action at a time, and the page is read again after it.</summary>
public abstract class ActingPage : ReadingPage
{
    private const string NothingChanged = "The database could not be reached; nothing was changed. Try again.";

    [Inject]
    protected Dialogs Dialogs { get; set; } = null!;

    [Inject]
    protected Toasts Toasts { get; set; } = null!;

    /// <summary>An action is under way.</summary>
    protected bool Busy { get; private set; }

    /// <summary>Acts and reads the page again.</summary>
    /// <param name="doing">Shown meanwhile: <c>Waiving…</c>.</param>
    /// <param name="act">Whether it was done, and the sentence that confirms it or gives the reason.</param>
    /// <param name="failed">What the toast reports when the database is away.</param>
    protected async Task ActAsync(string doing, Func<Task<(bool Done, string Said)>> act, string failed = NothingChanged)
    {
        if (await AttemptAsync(doing, act, failed))
        {
            await LoadAsync();
        }
    }

    protected Task ActAsync(string doing, Func<string> done, Func<Task<Refusal?>> act) =>
        ActAsync(doing, async () => await act() is { } refusal ? (false, refusal.Message) : (true, done()));

    /// <summary>Acts and leaves the page as it is.</summary>
    /// <returns>False when another action is under way.</returns>
    protected async Task<bool> AttemptAsync(string doing, Func<Task<(bool Done, string Said)>> act, string failed = NothingChanged)
    {
        if (Busy)
        {
            return false;
        }

        Busy = true;
        var toast = Toasts.Start(doing);
        try
        {
            var (done, said) = await act();
            toast.End(done, said);
        }
        catch (Exception error) when (IsAway(error))
        {
            Log.LogWarning(error, "{Doing} failed", doing);
            toast.Failed(failed);
        }
        finally
        {
            Busy = false;
        }

        return true;
    }

    /// <summary>Asks for a reason, after saying what will happen.</summary>
    /// <returns>Null when the person changed their mind.</returns>
    protected Task<string?> AskReasonAsync(
        string title, IReadOnlyList<string> consequences, string confirmation, string? placeholder = null, bool danger = false,
        bool required = true) =>
        Dialogs.AskAsync<ReasonDialog, string>(title, new DialogParameters<ReasonDialog>
        {
            { dialog => dialog.Consequences, consequences },
            { dialog => dialog.Confirmation, confirmation },
            { dialog => dialog.Placeholder, placeholder },
            { dialog => dialog.Required, required },
            { dialog => dialog.Danger, danger },
        });
}
