using ControlTower.Core.Connectors;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Outbox;

/// <summary>
/// One leased command and its slot. It completes at most once; disposing gives the slot back, whatever happened.
/// Disposed without an outcome, the attempt stays open, and its outcome is unknown when the lease ends.
/// </summary>
internal sealed class SendReservation(OutboxCommand command, SendSlots slots) : IDisposable
{
    private int _isCompleted;
    private int _isDisposed;

    public OutboxCommand Command => command;

    /// <summary>Begins the send; the channel counts it from its first step on.</summary>
    public Task<SendResult> StartAsync(Func<Task<SendResult>> send) => slots.StartAsync(send);

    /// <summary>Reports what became of the attempt.</summary>
    /// <exception cref="InvalidOperationException">The attempt has an outcome, or its slot was given back.</exception>
    public void Complete(SendResult result, UnknownOutcomePolicy policy)
    {
        if (Interlocked.Exchange(ref _isCompleted, 1) == 1)
        {
            throw new InvalidOperationException($"The attempt of {command.Key} ended before.");
        }

        slots.Report(new AttemptEnded(command, result, policy));
    }

    /// <summary>Nothing was sent: the command waits in its queue again.</summary>
    /// <param name="until">How long it waits at least.</param>
    public void HandBack(string reason, TimeSpan? until)
    {
        var detail = $"Handed back before it was sent. {reason}";
        var notSent = new SendResult(SendOutcome.NotSent, Code: SendCodes.HandedBack, Detail: detail, RetryAfter: until);
        Complete(notSent, UnknownOutcomePolicy.NativeKey);
        Dispose();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Interlocked.Exchange(ref _isCompleted, 1);
            slots.Free(1);
        }
    }
}
