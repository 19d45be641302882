using System.Text.Json;
using ControlTower.Core.Audit;
using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors;

/// <summary>
/// Modes of command kinds per legal entity and site. A change is one transaction with its audit entry; open
/// transactions are decided again.
/// </summary>
public sealed class ConnectorModes(ITowerDb database, ISystemTopologyStore topology, AuditTrail audit, TowerClocks clocks)
{
    public async Task<IReadOnlyList<CommandModeRule>> ListAsync(CancellationToken cancellation = default)
    {
        await using var db = database.CreateReader();
        return (await db.CommandModes.AsNoTracking()
            .OrderBy(m => m.Kind)
            .ThenBy(m => m.LegalEntity)
            .ThenBy(m => m.Site)
            .ToListAsync(cancellation))
            .ConvertAll(m => new CommandModeRule(m.Kind, m.LegalEntity, m.Site, m.Mode));
    }

    /// <summary>Replaces all rules by these; what no rule names is sent.</summary>
    /// <returns>Every error at once by field, or a refusal, or neither.</returns>
    public async Task<(IReadOnlyDictionary<string, string[]>? Errors, Refusal? Refusal)> ReplaceAsync(
        IReadOnlyList<CommandModeRule> rules, Actor actor, CancellationToken cancellation = default)
    {
        if (ConnectorRights.ToRegister(actor) is { } refusal)
        {
            return (null, refusal);
        }

        var errors = FindErrors(rules);
        if (errors.Any)
        {
            return (errors.ToErrors(), null);
        }

        await ConcurrencyRetry.RepeatUndoneAsync(() => ReplaceOnceAsync(rules, actor, cancellation), cancellation);
        await topology.RefreshAsync(cancellation);
        return (null, null);
    }

    private async Task ReplaceOnceAsync(IReadOnlyList<CommandModeRule> rules, Actor actor, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var existing = await db.CommandModes.ToListAsync(cancellation);
        var before = Text(existing.Select(m => new CommandModeRule(m.Kind, m.LegalEntity, m.Site, m.Mode)));
        await db.CommandModes.ExecuteDeleteAsync(cancellation);
        db.ChangeTracker.Clear();
        db.CommandModes.AddRange(rules.Select(r =>
            new CommandModeRecord { Kind = r.Kind, LegalEntity = r.LegalEntity, Site = r.Site, Mode = r.Mode }));
        audit.Add(db, actor, "modes.changed", "modes", "modes", before: before, after: Text(rules));
        await db.SaveChangesAsync(cancellation);
        await ReviewSchedule.AtAllAsync(db, clocks, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static FieldErrors FindErrors(IReadOnlyList<CommandModeRule> rules)
    {
        var errors = new FieldErrors();
        for (var i = 0; i < rules.Count; i++)
        {
            if (!CommandKinds.All.Contains(rules[i].Kind))
            {
                errors.Add($"items[{i}].kind", $"It must be one of {string.Join(", ", CommandKinds.All)}.");
            }
        }

        if (rules.DistinctBy(r => (r.Kind, r.LegalEntity, r.Site)).Count() != rules.Count)
        {
            errors.Add("items", "Two rules speak of the same kind, legal entity and site.");
        }

        return errors;
    }

    private static string Text(IEnumerable<CommandModeRule> rules) => JsonSerializer.Serialize(rules, JsonSerializerOptions.Web);
}
