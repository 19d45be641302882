using ControlTower.Core.Audit;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Connectors.Codes;

/// <summary>
/// People's mappings of codes: a mapping takes effect on every node within a second, and what waited for it is
/// processed again.
/// </summary>
public sealed class CodeMaps(
    ITowerDb database, ConnectorKinds kinds, ISystemTopologyStore topology, UnmappedCodeQueue waiting, AuditTrail audit, TowerClocks clocks,
    IAnnouncer announcer)
{
    /// <summary>Seeds and amendments that a connector's translator looks up, in the order of scheme and code.</summary>
    public async Task<IReadOnlyList<CodeEntry>> ListAsync(string connector, CancellationToken cancellation = default)
    {
        var all = await topology.GetAsync(cancellation);
        return all.Find(connector) is not { } profile ? []
            : [.. all.Codes.Entries.Where(e => e.Kind == profile.Kind && (e.Connector is null || e.Connector == connector))
                .OrderBy(e => e.Scheme, StringComparer.Ordinal)
                .ThenBy(e => e.Version, StringComparer.Ordinal)
                .ThenBy(e => e.Code, StringComparer.Ordinal).ThenBy(e => e.IsSeed)];
    }

    /// <summary>
    /// Maps a code, or maps it again, and puts back what waited for it. The mapping commits first: a crash in between
    /// leaves messages waiting; mapping the code again puts them back.
    /// </summary>
    public async Task<CodeMapResult> MapAsync(string connector, CodeMapping mapping, Actor actor, CancellationToken cancellation = default)
    {
        if (ConnectorRights.ToOperate(actor) is { } forbidden)
        {
            return new CodeMapResult(forbidden, 0);
        }

        var existing = await ReadCurrentAsync(connector, cancellation);
        if (existing is null)
        {
            return new CodeMapResult(ConnectorRights.Unknown(connector), 0);
        }

        mapping = mapping.Trimmed();
        if (FindError(existing.Kind, mapping) is { } error)
        {
            return new CodeMapResult(Refusal.Invalid(error), 0);
        }

        await WriteAsync(existing, mapping, actor, cancellation);
        var replayed = await waiting.PutBackAsync(mapping.ForKind ? existing.OfKind : [connector], mapping, actor, cancellation);
        announcer.Announce(new Change([], [], Connectors: true));
        return new CodeMapResult(null, replayed);
    }

    /// <summary>
    /// Removes a person's mapping; the kind's own counts again. What was mapped by it stays as it is.
    /// </summary>
    public async Task<Refusal?> UnmapAsync(string connector, CodeMapping mapping, Actor actor, CancellationToken cancellation = default)
    {
        if (ConnectorRights.ToOperate(actor) is { } forbidden)
        {
            return forbidden;
        }

        if (await ReadCurrentAsync(connector, cancellation) is not { } existing)
        {
            return ConnectorRights.Unknown(connector);
        }

        mapping = mapping.Trimmed();
        await using var db = await database.CreateDbContextAsync(cancellation);
        if (await Row(db, existing, mapping).SingleOrDefaultAsync(cancellation) is not { } row)
        {
            return Refusal.NotFound($"Nobody mapped {mapping.Code} of {mapping.Scheme} here; what came with the connector stays.");
        }

        db.CodeMaps.Remove(row);
        audit.Add(db, actor, "code.unmapped", "code", KeyOf(existing, mapping), before: row.Meaning);
        await db.SaveChangesAsync(cancellation);
        await topology.RefreshAsync(cancellation);
        return null;
    }

    private async Task<Standing?> ReadCurrentAsync(string connector, CancellationToken cancellation)
    {
        var all = await topology.GetAsync(cancellation);
        return all.Find(connector) is { } profile
            ? new Standing(profile.Name, profile.Kind, [.. all.Connectors.Where(c => c.Kind == profile.Kind).Select(c => c.Name)])
            : null;
    }

    private string? FindError(string kind, CodeMapping mapping)
    {
        if (mapping is not {
            Scheme.Length: > 0 and <= Lengths.Code, Version.Length: > 0 and <= Lengths.Code, Code.Length: > 0 and <= Lengths.BusinessKey })
        {
            return $"Give the scheme and version (at most {Lengths.Code} characters) and the code (at most {Lengths.BusinessKey}).";
        }

        if (mapping is not { Meaning.Length: > 0 and <= Lengths.Name })
        {
            return $"Say what {mapping.Code} means, in at most {Lengths.Name} characters.";
        }

        var scheme = kinds.Find(kind)?.Describe().Schemes.FirstOrDefault(s => s.Scheme == mapping.Scheme);
        return scheme is null ? $"There is no list {mapping.Scheme} that this kind of connector looks up."
            : scheme.Meanings.Count == 0 || mapping.Meaning == CodeMap.OfNoInterest || scheme.Meanings.Contains(mapping.Meaning) ? null
            : $"A code of {scheme.Title} may mean {string.Join(", ", scheme.Meanings)} or {CodeMap.OfNoInterest}.";
    }

    private async Task WriteAsync(Standing existing, CodeMapping mapping, Actor actor, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var row = await Row(db, existing, mapping).SingleOrDefaultAsync(cancellation);
        var before = row?.Meaning;
        if (row is null)
        {
            row = new CodeMapRecord
            {
                Kind = existing.Kind,
                Connector = mapping.ForKind ? "" : existing.Connector,
                Scheme = mapping.Scheme,
                Version = mapping.Version,
                Code = mapping.Code,
                Meaning = mapping.Meaning,
                ChangedBy = actor.Name,
            };
            db.CodeMaps.Add(row);
        }

        (row.Meaning, row.ChangedBy, row.ChangedAt) = (mapping.Meaning, actor.Name, clocks.SystemNow);
        if (before != mapping.Meaning)
        {
            audit.Add(db, actor, "code.mapped", "code", KeyOf(existing, mapping), before: before, after: mapping.Meaning);
        }

        await db.SaveChangesAsync(cancellation);
        await topology.RefreshAsync(cancellation);
    }

    private static IQueryable<CodeMapRecord> Row(TowerDbContext db, Standing existing, CodeMapping mapping)
    {
        var connector = mapping.ForKind ? "" : existing.Connector;
        return db.CodeMaps.Where(c =>
            c.Kind == existing.Kind && c.Connector == connector && c.Scheme == mapping.Scheme && c.Version == mapping.Version
                && c.Code == mapping.Code);
    }

    private static string KeyOf(Standing existing, CodeMapping mapping) =>
        $"{(mapping.ForKind ? existing.Kind : existing.Connector)}:{mapping.Scheme}:{mapping.Version}:{mapping.Code}";

    private sealed record Standing(string Connector, string Kind, IReadOnlyList<string> OfKind);
}

/// <param name="Version"><see cref="CodeMap.AnyVersion"/> for all.</param>
/// <param name="ForKind">For every connector of the kind, not for this one alone.</param>
public sealed record CodeMapping(string Scheme, string Version, string Code, string Meaning, bool ForKind = false)
{
    /// <summary>Facts have their codes without surrounding blanks: with one, a mapping would never match.</summary>
    internal CodeMapping Trimmed() => this with
    {
        Scheme = Scheme?.Trim()!,
        Version = Version?.Trim()!,
        Code = Code?.Trim()!,
        Meaning = Meaning?.Trim()!,
    };
}

/// <param name="Replayed">Messages that waited for the code and are processed again.</param>
public sealed record CodeMapResult(Refusal? Refusal, int Replayed);
