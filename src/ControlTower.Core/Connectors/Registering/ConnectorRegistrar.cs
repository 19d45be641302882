using System.Text.Json;
using ControlTower.Core.Audit;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors.Registering;

/// <summary>Creates and changes connectors. One registration is one serialisable transaction: two that would tie
/// cannot both pass.</summary>
public sealed class ConnectorRegistrar(
    ITowerDb database, ConnectorKinds kinds, ConnectorSecrets secrets, IBaseUrlGuard guard, ConnectorRegistry registry,
    ISystemTopologyStore topology, AuditTrail audit, TowerClocks clocks)
{
    /// <summary>What the audit has of a registration that was the first of its name.</summary>
    public const string Created = "connector.created";

    private const int Tries = 5;

    /// <summary>Creates the connector or changes it to exactly what the body contains; left-out secrets stay.</summary>
    public async Task<RegistrationResult> PutAsync(string name, JsonElement body, Actor actor, CancellationToken cancellation = default)
    {
        if (ConnectorRights.ToRegister(actor) is { } refusal)
        {
            return RegistrationResult.Refused(refusal);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await TryPutAsync(name, body, actor, cancellation);
                await registry.RefreshAsync(cancellation);
                await topology.RefreshAsync(cancellation);
                await ReleaseAsync(result, cancellation);
                return result with { Unserved = UnservedCommands.For(topology.Current) };
            }
            catch (Exception error) when (attempt < Tries && (TransientErrors.IsTransient(error) || error is DbUpdateException))
            {
                // A concurrent registration committed: validate again against what exists now.
            }
        }
    }

    /// <summary>
    /// Outside the registration's transaction, because senders change the same rows all the time. After a crash before
    /// it the commands wait where they were, as without the change.
    /// </summary>
    private async Task ReleaseAsync(RegistrationResult result, CancellationToken cancellation)
    {
        if (result is { Connector: { } changed, Created: false })
        {
            await using var db = await database.CreateDbContextAsync(cancellation);
            await CommandsNoLongerTaken.ReleaseAsync(db, ConnectorProfiles.From(changed, kinds.Find(changed.Kind)), cancellation);
        }
    }

    private async Task<RegistrationResult> TryPutAsync(string name, JsonElement body, Actor actor, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await using var transaction = await SerializableTransaction.BeginAsync(db, cancellation);
        var all = await db.Connectors.ToListAsync(cancellation);
        var existing = all.SingleOrDefault(connector => connector.Name == name);
        var errors = new FieldErrors();
        DraftReader.CheckName(name, errors);
        var draft = DraftReader.Read(body, CurrentOf(existing), kinds, errors);
        await CheckUrlAsync(draft, errors, cancellation);
        CheckTies(name, draft, all, errors);
        if (draft is null || errors.Any)
        {
            return RegistrationResult.Invalid(errors);
        }

        var connector = Write(db, name, draft, existing, actor);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return RegistrationResult.From(connector, existing is null);
    }

    private DraftContext CurrentOf(ConnectorRecord? existing) => existing is null
        ? DraftContext.New
        : new DraftContext(existing.Kind, existing.InboundSecret is not null, ConnectorChange.Current(existing, secrets).Names);

    private async Task CheckUrlAsync(ConnectorDraft? draft, FieldErrors errors, CancellationToken cancellation)
    {
        if (draft is { BaseUrl.Length: > 0 } && await guard.FindErrorAsync(draft.BaseUrl, cancellation) is { } error)
        {
            errors.Add("baseUrl", error);
        }
    }

    private void CheckTies(string name, ConnectorDraft? draft, List<ConnectorRecord> all, FieldErrors errors)
    {
        if (draft is null || errors.Has("role") || errors.Has("sites") || errors.Has("legalEntities") || errors.Has("takes"))
        {
            return;
        }

        var registered = new ConnectorProfile(name, draft.Kind, draft.Role, draft.Sites, draft.LegalEntities, [], Paused: false)
        {
            Takes = ConnectorProfiles.TakesOf(draft.Takes, kinds.Find(draft.Kind)),
        };
        var field = draft.Sites.Count > 0 ? "sites" : draft.LegalEntities.Count > 0 ? "legalEntities" : "role";
        foreach (var tie in TieRule.TiesWith(registered, all.Select(other => ConnectorProfiles.From(other, kinds.Find(other.Kind)))))
        {
            errors.Add(field, tie.Sentence(name));
        }
    }

    private ConnectorRecord Write(TowerDbContext db, string name, ConnectorDraft draft, ConnectorRecord? existing, Actor actor)
    {
        var before = existing is null ? null : Text(existing);
        var connector = existing ?? Create(db, name, draft);
        var changed = ConnectorChange.Apply(connector, draft, secrets, clocks.SystemNow) && existing is not null;
        ConnectorChange.SetPlain(connector, draft);
        if (existing is not null && !changed && Text(connector) == before)
        {
            return connector;
        }

        connector.Version++;
        connector.NextPollAt = connector.Poll ? clocks.SystemNow : null;
        var act = existing is null ? Created : "connector.changed";
        audit.Add(db, actor, act, "connector", name, reason: changed ? "With a new secret." : null, before: before, after: Text(connector));
        return connector;
    }

    private ConnectorRecord Create(TowerDbContext db, string name, ConnectorDraft draft)
    {
        var connector = new ConnectorRecord
        {
            Name = name,
            Kind = draft.Kind,
            Role = draft.Role,
            BaseUrl = draft.BaseUrl,
        };
        db.Connectors.Add(connector);
        return connector;
    }

    /// <summary>What the audit chain keeps: everything but the secrets.</summary>
    private static string Text(ConnectorRecord c) => JsonSerializer.Serialize(
        new
        {
            c.Kind,
            c.Role,
            c.BaseUrl,
            c.Sites,
            c.LegalEntities,
            c.Reports,
            c.Takes,
            c.Poll,
            c.PollSeconds,
            c.RatePerSecond,
            c.Concurrency,
            c.InboundPerSecond,
            c.Settings,
        },
        JsonSerializerOptions.Web);
}
