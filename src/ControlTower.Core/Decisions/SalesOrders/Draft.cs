using ControlTower.Core.Facts;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Policies;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>A decision while it is being made: each concern adds what it wants, names or waits for.</summary>
internal sealed partial class Draft(OrderView view, OrderSnapshot order, DecisionContext context)
{
    public OrderView View => view;

    public OrderSnapshot Order => order;

    public PolicySet Policies => context.Policies;

    public SystemTopology Topology => context.Topology;

    public DateTimeOffset AsOf => context.AsOf;

    public List<WantedCommand> Commands { get; } = [];

    /// <summary>See <see cref="Decision.AlreadySatisfied"/>.</summary>
    public List<WantedCommand> AlreadySatisfied { get; } = [];

    public List<ActiveHold> Holds { get; } = [];

    public List<OpenCondition> Conditions { get; } = [];

    public DateTimeOffset? DecideAgainAt { get; private set; }

    /// <summary>A command is stuck: refused, failed or of unknown outcome.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>No connector takes a command that is wanted.</summary>
    public bool HasGap { get; private set; }

    public bool IsCancelled => view.CancelledAt is not null;

    /// <summary>Whether a clock has run out; if not, its time is one to decide again.</summary>
    public bool IsDue(DateTimeOffset due)
    {
        if (due <= AsOf)
        {
            return true;
        }

        DecideAgainAt = DecideAgainAt is { } earlier && earlier <= due ? earlier : due;
        return false;
    }

    public bool IsDue(DateTimeOffset cause, int hours) => IsDue(cause.AddHours(hours));

    /// <summary>Whether a commercial hold stops this for the line, or for any line when none is given.</summary>
    public bool IsStopped(string what, string? line)
    {
        foreach (var hold in view.Holds)
        {
            if (hold.IsActive && hold.Stops == what && (hold.Lines is null || line is null || hold.Lines.Contains(line)))
            {
                return true;
            }
        }

        return false;
    }

    public bool IsStopped(string what, ShipmentView shipment)
    {
        foreach (var line in shipment.Lines)
        {
            if (IsStopped(what, line.Line))
            {
                return true;
            }
        }

        return false;
    }

    public bool IsReported(string milestone, string? site) => Topology.IsReported(milestone, site, order.LegalEntity);

    public void Name(OpenCondition condition)
    {
        if (!Conditions.Exists(known => known.Key == condition.Key))
        {
            Conditions.Add(condition);
        }
    }
}
