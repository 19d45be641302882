using Radzen;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>One toast from an action's start to its result.</summary>
public sealed class Toasts(NotificationService notifications)
{
    private const double UntilReplaced = 60_000;
    private const double Long = 6_000;
    private const double Refused = 12_000;

    /// <summary>Shows that the action is running; the result takes its place.</summary>
    public Toast Start(string doing)
    {
        var message = new NotificationMessage { Severity = NotificationSeverity.Info, Summary = doing, Duration = UntilReplaced };
        notifications.Notify(message);
        return new Toast(this, message);
    }

    private void Replace(NotificationMessage under, NotificationSeverity severity, string said, double duration)
    {
        notifications.Messages.Remove(under);
        notifications.Notify(new NotificationMessage { Severity = severity, Summary = said, Duration = duration });
    }

    /// <summary>The toast of one action.</summary>
    public sealed class Toast(Toasts toasts, NotificationMessage message)
    {
        public void Done(string said) => toasts.Replace(message, NotificationSeverity.Success, said, Long);

        public void Failed(string said) => toasts.Replace(message, NotificationSeverity.Warning, said, Refused);

        /// <summary>Done, or refused with the refusal's message.</summary>
        public void End(bool done, string said)
        {
            if (done)
            {
                Done(said);
            }
            else
            {
                Failed(said);
            }
        }
    }
}
