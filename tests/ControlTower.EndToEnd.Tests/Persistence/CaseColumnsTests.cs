using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Statements;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Persistence;

/// <summary>PostgreSQL stores cases by arrays, SQL Server through EF Core.</summary>
public class CaseColumnsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_case_is_stored_whole_by_both_writers(bool portable)
    {
        await using var room = await EngineTestHost.OpenAsync();
        var whole = Whole();
        await using (var db = room.Tower.CreateDbContext())
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await (portable ? PortableWriter.InsertCaseAsync(db, whole, default) : PostgresCases.InsertAsync(db, [whole], default));
            await transaction.CommitAsync();
        }

        var stored = await room.ReadAsync(db => db.Cases.AsNoTracking().Include(c => c.Sites).SingleAsync(c => c.Id == whole.Id));
        stored.ShouldBeEquivalentTo(whole);
    }

    /// <summary>Each member has a different value.</summary>
    private static ExceptionCase Whole()
    {
        var at = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
        return new ExceptionCase
        {
            CaseKey = "key", Origin = CaseOrigin.Connector, TransactionId = 1, MessageId = 2, CommandId = 3, Connector = "wms",
            ReasonCode = "PICK_SHORT",
            Team = "warehouse", State = CaseState.Waiting, Assignee = "ann", Site = "S1", LegalEntity = "1000",
            Sites = [new CaseSite { Site = "S1" }],
            Message = "Message.", FailingField = "field", CodeScheme = "scheme", CodeVersion = "5", Code = "code", AmountAtRisk = 12.34m,
            Currency = "USD",
            Payload = [1, 2], Revision = 6, OpenedAt = at, DueAt = at.AddHours(1), ResolvedAt = at.AddHours(2), ResolvedBy = "bob",
            Resolution = "Done.",
            Replays = 7, UpdatedAt = at.AddHours(3), Version = 8,
        };
    }
}
