using ControlTower.Core.Engine.Correlation;
using ControlTower.Core.Facts;
using ControlTower.Core.Persistence.Inbox;

namespace ControlTower.Core.Engine;

/// <summary>A claimed message on its way through one cycle.</summary>
internal sealed class BatchItem(InboxMessage message, MapResult mapped)
{
    public InboxMessage Message { get; } = message;

    public Fact? Fact { get; } = mapped.Fact;

    public MapRefusal? Refusal { get; } = mapped.Refusal;

    /// <summary>Why it does not concern the tower.</summary>
    public string? Ignored { get; } = mapped.Ignored;

    public CorrelationResult? Placement { get; set; }

    /// <summary>Its sender took it back.</summary>
    public bool IsRetracted { get; set; }

    /// <summary>Left pending for the next cycle: it needs a lock that this one may not take any more.</summary>
    public bool IsHandedBack { get; set; }

    /// <summary>It may have a case or a deferral from an earlier try.</summary>
    public bool WasTried => Message.DeferredSince is not null || Message.Attempts > 0;

    public bool IsPlaced => Placement is { Kind: CorrelationKind.Placed or CorrelationKind.New } && !IsHandedBack && !IsRetracted;

    public bool IsUnplaced => Placement is { Kind: CorrelationKind.Unknown or CorrelationKind.Ambiguous } && !IsHandedBack && !IsRetracted;
}
