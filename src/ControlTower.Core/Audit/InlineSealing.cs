using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Statements;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Audit;

/// <summary>
/// Seals the entries of a worker cycle in the cycle's own transaction, where nobody has to wait for it. A chain whose
/// head is locked, or that has entries which wait for the sealer, is left to the sealer, so that a chain keeps the
/// order of the actions. An entry that is sealed when it is written is written once instead of twice. On SQL Server all
/// entries wait for the sealer.
/// </summary>
internal sealed class InlineSealing(HeadSigner signer, TowerClocks clocks)
{
    /// <summary>
    /// Links the entries of free chains, for <see cref="IStatements.WriteAsync"/>. The heads stay locked until the
    /// transaction ends.
    /// </summary>
    public async Task SealAsync(TowerDbContext db, IReadOnlyCollection<AuditEntry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0 || db is not PostgresTowerDbContext)
        {
            return;
        }

        var heads = (await FreeAsync(db, [.. entries.Select(entry => entry.Chain).Distinct()], cancellation))
            .ToDictionary(head => head.Chain);
        var sealing = entries.Where(entry => heads.ContainsKey(entry.Chain)).ToList();
        if (sealing.Count == 0)
        {
            return;
        }

        var ids = await IdsAsync(db, sealing.Count, cancellation);
        for (var i = 0; i < sealing.Count; i++)
        {
            sealing[i].Id = ids[i];
            AuditSealer.Link(heads[sealing[i].Chain], sealing[i]);
        }

        await WriteAsync(db, heads.Values, cancellation);
    }

    /// <summary>
    /// The cycle waits for no head, and a sealer that waits for one holds no lock that a cycle needs: no deadlock is
    /// possible.
    /// </summary>
    private static Task<List<AuditChainHead>> FreeAsync(TowerDbContext db, short[] chains, CancellationToken cancellation) =>
        db.AuditHeads.FromSql($"""
            SELECT * FROM audit_chain_head h
            WHERE chain = ANY({chains}) AND NOT EXISTS (SELECT 1 FROM audit_entry e WHERE e.chain = h.chain AND e.sequence IS NULL)
            ORDER BY chain FOR UPDATE SKIP LOCKED
            """).AsNoTracking().ToListAsync(cancellation);

    /// <summary>The hash covers the id too, so ids are taken from the sequence beforehand.</summary>
    private static Task<List<long>> IdsAsync(TowerDbContext db, int count, CancellationToken cancellation) =>
        db.Database.SqlQuery<long>($"SELECT nextval('audit_entry_id_seq') AS \"Value\" FROM generate_series(1, {count})")
            .ToListAsync(cancellation);

    private Task WriteAsync(TowerDbContext db, IReadOnlyCollection<AuditChainHead> heads, CancellationToken cancellation)
    {
        var chains = heads.Select(head => head.Chain).ToArray();
        var sequences = heads.Select(head => head.Sequence).ToArray();
        var hashes = heads.Select(head => head.Hash).ToArray();
        var signatures = heads.Select(head => signer.Sign(head.Chain, head.Sequence, head.Hash)).ToArray();
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE audit_chain_head h SET sequence = u.sequence, hash = u.hash, signature = u.signature, sealed_at = {UtcMicroseconds.Cut(
                clocks.SystemNow)}
            FROM unnest({chains}, {sequences}, {hashes}, {signatures}) AS u (chain, sequence, hash, signature) WHERE h.chain = u.chain
            """,
            cancellation);
    }
}
