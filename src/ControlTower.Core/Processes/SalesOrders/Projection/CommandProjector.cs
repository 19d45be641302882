using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Processes.SalesOrders.Projection;

/// <summary>
/// What became of commands: the outcomes that the tower recorded, and what targets report of accepted ones later.
/// </summary>
internal static class CommandProjector
{
    /// <summary>The commands by series and number.</summary>
    public static List<CommandView> Project(StateEntries facts)
    {
        var commands = new List<CommandView>();
        AddOutcomes(commands, facts, Milestones.CommandAccepted, CommandOutcome.Accepted);
        AddOutcomes(commands, facts, Milestones.CommandRejected, CommandOutcome.Rejected);
        AddOutcomes(commands, facts, Milestones.CommandAbsent, CommandOutcome.Absent);
        AddOutcomes(commands, facts, Milestones.CommandUnknown, CommandOutcome.Unknown);
        MarkReplayed(commands, facts);
        MarkFailed(commands, facts);
        commands.Sort(static (left, right) =>
        {
            var bySeries = string.CompareOrdinal(left.Series, right.Series);
            return bySeries != 0 ? bySeries : left.Number.CompareTo(right.Number);
        });
        LaterRefusals.Apply(facts, commands);
        return commands;
    }

    /// <summary>
    /// The strongest outcome of a key is read first; a weaker one, such as an unknown outcome before it, adds
    /// nothing.
    /// </summary>
    private static void AddOutcomes(List<CommandView> commands, StateEntries facts, string milestone, CommandOutcome outcome)
    {
        foreach (var entry in facts.Owned(milestone))
        {
            if (entry.Data.Command is { } snapshot && Find(commands, entry.Subject) is null)
            {
                commands.Add(CommandFrom(entry, snapshot, outcome));
            }
        }
    }

    private static CommandView CommandFrom(StateEntry entry, CommandOutcomeSnapshot snapshot, CommandOutcome outcome) => new()
    {
        Key = entry.Subject,
        Series = CommandKeys.Series(snapshot.Kind, snapshot.Document, snapshot.Slice),
        Kind = snapshot.Kind,
        Document = snapshot.Document,
        Part = snapshot.Slice,
        Number = snapshot.Number,
        Outcome = outcome,
        ContentHash = snapshot.ContentHash,
        ExternalId = snapshot.ExternalId,
        Code = snapshot.Code,
        Reason = snapshot.Reason,
        At = entry.Time,
        Lines = snapshot.Lines,
        Net = snapshot.Net,
        Stage = snapshot.Stage,
        System = SystemOf(entry),
        References = entry.References,
    };

    private static void MarkReplayed(List<CommandView> commands, StateEntries facts)
    {
        foreach (var entry in facts.Owned(Milestones.CommandReplayed))
        {
            if (Find(commands, entry.Subject) is { } command)
            {
                command.IsReplayed = true;
            }
        }
    }

    private static void MarkFailed(List<CommandView> commands, StateEntries facts)
    {
        foreach (var entry in facts.Owned(Milestones.CommandFailed))
        {
            if (Find(commands, entry.SubKey) is { Outcome: CommandOutcome.Accepted } command)
            {
                command.Fail(entry);
            }
        }
    }

    private static CommandView? Find(List<CommandView> commands, string? key)
    {
        foreach (var command in commands)
        {
            if (command.Key == key)
            {
                return command;
            }
        }

        return null;
    }

    private static string? SystemOf(StateEntry entry)
    {
        for (var i = 0; i < entry.References?.Count; i++)
        {
            if (entry.References[i].System is { } system)
            {
                return system;
            }
        }

        return null;
    }
}
