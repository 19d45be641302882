using MudBlazor;

namespace ControlTower.Web.Shared.Kit;

/// <summary>One toast from an action's start to its result.</summary>
public sealed class Toasts(ISnackbar snackbar)
{
    private static readonly TimeSpan UntilReplaced = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Refused = TimeSpan.FromSeconds(12);

    /// <summary>Shows that the action is running; the result takes its place.</summary>
    public Toast Start(string doing) => new(this, Show(doing, Severity.Info, UntilReplaced));

    private Snackbar? Show(string text, Severity severity, TimeSpan duration) =>
        snackbar.Add(text, severity, options => options.VisibleStateDuration = (int)duration.TotalMilliseconds);

    private void Replace(Snackbar? shown, Severity severity, string text, TimeSpan duration)
    {
        if (shown is not null)
        {
            snackbar.Remove(shown);
        }

        Show(text, severity, duration);
    }

    /// <summary>The toast of one action.</summary>
    public sealed class Toast(Toasts toasts, Snackbar? shown)
    {
        public void Done(string text) => toasts.Replace(shown, Severity.Success, text, Long);

        public void Failed(string text) => toasts.Replace(shown, Severity.Warning, text, Refused);

        /// <summary>Done, or refused with the refusal's message.</summary>
        public void End(bool done, string text)
        {
            if (done)
            {
                Done(text);
            }
            else
            {
                Failed(text);
            }
        }
    }
}
