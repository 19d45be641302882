using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>
/// Every command is wanted here: its mode, its target, and the outcome of the ones before it are applied.
/// </summary>
internal sealed partial class Draft
{
    /// <summary>
    /// Wants a command, whether or not a connector takes it: what none takes waits until one does. After a rejection
    /// the same content is not wanted until a person replays it; other content is wanted at once. The rejection stays a
    /// condition until the command is accepted or no longer wanted.
    /// </summary>
    public void Want(
        string kind, string? slice, string role, string? site, string data, decimal? amount = null, CommandPriority? priority = null)
    {
        var mode = ModeOf(kind, site);
        if (mode == CommandMode.Native)
        {
            return;
        }

        var hash = Digest.Hex(data);
        var stem = CommandKeys.Series(kind, order.Number, slice);
        if (mode == CommandMode.Send && IsRefused(stem, hash, amount, site))
        {
            return;
        }

        HasGap |= mode == CommandMode.Send && !IsRouted(kind, site);
        Commands.Add(new WantedCommand(
            kind, order.Number, slice, role, site, order.LegalEntity, mode, data, hash, amount, amount is null ? null : order.Currency,
            priority ?? Priority())
        {
            CutOff = kind is CommandKinds.ReleaseFulfilment or CommandKinds.TenderShipment ? order.RequestedDelivery : null,
        });
    }

    /// <summary>Would want it, were it not already satisfied.</summary>
    public void NoteAlreadySatisfied(string kind, string? slice, string role, string? site, string data, decimal amount)
    {
        if (ModeOf(kind, site) == CommandMode.Send)
        {
            AlreadySatisfied.Add(new WantedCommand(
                kind, order.Number, slice, role, site, order.LegalEntity, CommandMode.Send, data, Digest.Hex(data), amount, order.Currency,
                Priority()));
        }
    }

    /// <summary>The last command of the series that was accepted and had its effect; null when none was.</summary>
    public CommandView? Accepted(string kind, string? slice)
    {
        CommandView? last = null;
        foreach (var command in view.Commands)
        {
            if (command.Kind == kind && command.Part == slice && command.Outcome == CommandOutcome.Accepted)
            {
                last = command;
            }
        }

        return last;
    }

    public CommandMode ModeOf(string kind, string? site) => Topology.ModeOf(kind, order.LegalEntity, site);

    /// <summary>Whether a connector takes such a command.</summary>
    public bool IsRouted(string kind, string? site) => Topology.Route(kind, site, order.LegalEntity, view.ErpSystem) is not null;

    private bool IsRefused(string stem, string hash, decimal? amount, string? site)
    {
        CommandView? last = null, same = null;
        foreach (var command in view.Commands)
        {
            // Sorted by number: what was refused before an acceptance is history.
            if (command.Series == stem && command.Outcome == CommandOutcome.Accepted)
            {
                last = same = null;
            }
            else if (command.Series == stem && command.Outcome is CommandOutcome.Rejected or CommandOutcome.Failed)
            {
                last = command;
                same = command.ContentHash == hash ? command : same;
            }
        }

        if (last is null)
        {
            return false;
        }

        var isRefused = same is { IsReplayed: false };
        NameRefusal(isRefused ? same! : last, amount, site);
        return isRefused;
    }

    private void NameRefusal(CommandView command, decimal? amount, string? site)
    {
        IsStuck = true;
        Name(new OpenCondition(
            $"refused:{command.Series}", Refusals.ReasonOf(command), Refusals.Sentence(command), command.Part ?? order.Number, site,
            command.System, command.Key, null,
            amount ?? command.Net ?? Worth(site), command.At));
    }

    /// <summary>What the order is worth at a site: what a step without an amount of its own stops.</summary>
    private decimal Worth(string? site) => order.Lines.Where(line => site is null || line.Site == site).Sum(line => line.Amount);

    /// <summary>An unknown outcome is a condition, no matter whether the command is still wanted.</summary>
    public void NameUnknownOutcomes()
    {
        foreach (var command in view.Commands)
        {
            if (command.Outcome == CommandOutcome.Unknown)
            {
                IsStuck = true;
                Name(new OpenCondition(
                    $"unknown:{command.Series}", ReasonCodes.OutcomeUnknown,
                    $"Whether {Refusals.Describe(command)} had its effect is not known: look in the target.",
                    command.Part ?? order.Number, null, command.System, command.Key, null, command.Net, command.At));
            }
        }
    }

    private CommandPriority Priority() =>
        order.Customer.Segment is { } segment && Policies.Pace.UrgentSegments.Contains(segment, StringComparer.OrdinalIgnoreCase)
            ? CommandPriority.Urgent
            : PriorityOf(order);

    internal static CommandPriority PriorityOf(OrderSnapshot order) => order.Priority?.ToLowerInvariant() switch
    {
        "urgent" or "express" or "high" or "1" => CommandPriority.Urgent,
        "low" or "bulk" or "9" => CommandPriority.Bulk,
        _ => CommandPriority.Normal,
    };
}
