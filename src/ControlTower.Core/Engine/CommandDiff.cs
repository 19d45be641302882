using System.Buffers;
using System.Text.Json;
using ControlTower.Core.Audit;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Engine;

/// <summary>
/// The difference between the commands that are wanted and those that exist. The latest of each series counts: an
/// unattempted one of other content is withdrawn, one in flight is waited for, and a completed one is followed only
/// once its outcome is part of the state, so that nothing is requested twice.
/// </summary>
internal sealed class CommandDiff(AuditTrail audit)
{
    /// <summary>A series' latest command and what is wanted of it now.</summary>
    /// <param name="Connector">Where it goes; empty when no connector takes it.</param>
    internal readonly record struct Step(TransactionWork Unit, CommandRow? Latest, WantedCommand? Wanted, string Connector, bool Withdraw);

    public static List<Step> Plan(CycleContext cycle, TransactionWork unit)
    {
        var latest = unit.Commands.GroupBy(c => c.Series).ToDictionary(g => g.Key, g => g.MaxBy(c => c.Number)!, StringComparer.Ordinal);
        var steps = new List<Step>();
        foreach (var wanted in unit.Decision.Commands.Where(w => w.Mode != CommandMode.Native))
        {
            latest.Remove(wanted.Series, out var existing);
            var target = cycle.Topology.Route(wanted.Kind, wanted.Site, wanted.LegalEntity, unit.Record.ErpSystem)?.Name ?? "";
            if (Next(unit, existing, wanted, target) is { } withdraw)
            {
                steps.Add(new Step(unit, existing, wanted, target, withdraw));
            }
        }

        steps.AddRange(latest.Values.Where(IsUnattempted).Select(gone => new Step(unit, gone, null, "", Withdraw: true)));
        return steps;
    }

    /// <summary>
    /// Writes the step. Where a sender claimed the command before its withdrawal, it is decided again when the outcome
    /// is known.
    /// </summary>
    public void Apply(CycleContext cycle, Step step, HashSet<long> withdrawn)
    {
        if (step.Withdraw)
        {
            if (!withdrawn.Contains(step.Latest!.Id))
            {
                step.Unit.DecideAgain = true;
                return;
            }

            cycle.Writes.Audit.Add(audit.Entry(
                Actor.Tower, "command.withdrawn", "command", step.Latest.Key, step.Unit.Key,
                "Nobody wants it any more and nobody attempted it.", step.Latest.ContentHash, null));
        }

        if (step.Wanted is { } wanted)
        {
            var command = Row(cycle, step.Unit, wanted, step.Connector, (step.Latest?.Number ?? 0) + 1);
            cycle.Writes.Commands.Add(command);
            cycle.Writes.Audit.Add(audit.Entry(
                Actor.Tower, "command.wanted", "command", command.Key, step.Unit.Key, null, null, After(command)));
        }
    }

    /// <summary>Whether to withdraw first (true), only to add (false), or to leave things as they are (null).</summary>
    private static bool? Next(TransactionWork unit, CommandRow? existing, WantedCommand wanted, string target) => existing?.State switch
    {
        null or CommandState.Withdrawn => false,
        CommandState.Observed => wanted.Mode == CommandMode.Observe && existing.ContentHash == wanted.ContentHash ? null : false,
        CommandState.Pending when existing.Attempts == 0 =>
            wanted.Mode == CommandMode.Send && existing.ContentHash == wanted.ContentHash && existing.Connector == target ? null : true,

        // Once a connector takes it, the sweep of the outbox routes it there.
        CommandState.Unrouted => wanted.Mode == CommandMode.Send && existing.ContentHash == wanted.ContentHash ? null : true,
        CommandState.Accepted or CommandState.Rejected or CommandState.Absent => unit.State.KnowsOutcome(existing.Key) ? false : null,
        _ => null,
    };

    private static bool IsUnattempted(CommandRow command) =>
        command is { State: CommandState.Pending or CommandState.Unrouted, Attempts: 0 };

    private static OutboxCommand Row(CycleContext cycle, TransactionWork unit, WantedCommand wanted, string target, int number)
    {
        var key = CommandKeys.Key(wanted.Series, number);
        var isObserved = wanted.Mode == CommandMode.Observe;
        var lane = DispatchPriority.PriorityOf(wanted, cycle.Policies.Pace, cycle.BusinessNow);
        return new OutboxCommand
        {
            TransactionId = unit.Record.Id,
            TransactionKey = unit.Record.Key,
            Kind = wanted.Kind,
            Document = wanted.Document,
            Part = wanted.Part,
            Series = wanted.Series,
            Number = number,
            Key = key,
            Connector = target,
            Site = wanted.Site,
            LegalEntity = wanted.LegalEntity,
            Body = Body(key, wanted, cycle.BusinessNow),
            ContentHash = wanted.ContentHash,
            Amount = wanted.Amount,
            Currency = wanted.Currency,
            State = isObserved ? CommandState.Observed : target.Length == 0 ? CommandState.Unrouted : CommandState.Pending,
            Priority = lane,
            RankAt = DispatchPriority.RankAt(lane, cycle.Policies.Pace, cycle.SystemNow),
            DueAt = DispatchPriority.DueAt(wanted.Kind, cycle.Policies.Pace, cycle.SystemNow),
            PolicyVersion = cycle.Policies.Version,
            CreatedAt = cycle.SystemNow,
            SettledAt = isObserved ? cycle.SystemNow : null,
            TraceParent = TraceContext.Format(unit.Record.CorrelationId, Digest.Hex(key)),
        };
    }

    /// <summary>The complete event, once: every attempt sends these bytes.</summary>
    private static byte[] Body(string key, WantedCommand wanted, DateTimeOffset at)
    {
        var buffer = new ArrayBufferWriter<byte>(wanted.Data.Length + 256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("specversion", "1.0");
            writer.WriteString("id", key);
            writer.WriteString("source", "urn:control-tower");
            writer.WriteString("type", $"tower.command.{wanted.Kind}.v1");
            writer.WriteString("subject", wanted.Document);
            writer.WriteString("time", at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"));
            writer.WriteString("datacontenttype", "application/json");
            writer.WritePropertyName("data");
            writer.WriteRawValue(wanted.Data);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string After(OutboxCommand command) => JsonSerializer.Serialize(
        new { command.Connector, command.ContentHash, command.Amount, command.Currency, State = command.State.ToString(),
            command.PolicyVersion }, JsonSerializerOptions.Web);
}
