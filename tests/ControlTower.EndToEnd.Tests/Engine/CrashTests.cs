using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.EndToEnd.Tests.Engine;

/// <summary>
/// I1: a worker that dies in the middle of a batch leaves everything as it was, and the next one reaches the same end.
/// </summary>
public class CrashTests
{
    private static readonly (string Connector, string[] Events)[] Story =
    [
        ("wms", [Events.Picked("F-1", new { order = "SO-1" }), Events.Picked("F-9", new { order = "SO-9" })]),
        ("erp", [Events.Order("SO-1"), Events.Order("SO-2"), Events.Order("SO-1", sequence: 2, milestone: "order.changed")]),
        ("wms", [Events.Ready("SH-1", new { fulfilment = "F-1" }), Events.From("fulfilment.picked", "F-2", new { })]),
    ];

    [Fact]
    public async Task After_a_death_at_any_statement_the_end_is_the_same()
    {
        var expected = await EndAsync(dieAt: int.MaxValue);
        expected.Deaths.ShouldBe(0);
        for (var step = 1; ; step++)
        {
            var end = await EndAsync(step);
            if (end.Deaths == 0)
            {
                step.ShouldBeGreaterThan(6, "fewer places to die than the engine has");
                return;
            }

            end.Picture.ShouldBe(expected.Picture, $"died at statement {step}");
        }
    }

    private static async Task<(string Picture, int Deaths)> EndAsync(int dieAt)
    {
        await using var room = await EngineTestHost.OpenAsync();
        foreach (var (connector, events) in Story)
        {
            await room.AcceptAsync(connector, events);
        }

        var deaths = 0;
        await using (var mortal = room.Beside(services => CrashingStatements.Replace(services, dieAt)))
        {
            try
            {
                await mortal.Worker.RunUntilQuietAsync();
            }
            catch (OperationCanceledException)
            {
                deaths++;
            }
        }

        await room.Worker.RunUntilQuietAsync();
        return (await PictureAsync(room), deaths);
    }

    private static async Task<string> PictureAsync(EngineTestHost room)
    {
        var states = await room.StatesAsync();
        var orders = await room.ReadAsync(db => db.Transactions.OrderBy(t => t.Key).Select(t => t.Key + " " + t.State).ToListAsync());
        var events = await room.ReadAsync(db => db.TransactionEvents.CountAsync());
        var links = await room.ReadAsync(db => db.ReferenceLinks.CountAsync());
        var parked = await room.ReadAsync(db => db.DeferredReferences.CountAsync());
        var cases = await room.ReadAsync(db => db.Cases.OrderBy(c => c.CaseKey).Select(c => c.ReasonCode + c.State).ToListAsync());
        var audit = await room.ReadAsync(db =>
            db.Audit.OrderBy(a => a.Act).ThenBy(a => a.ObjectKey).Select(a => a.Act + a.ObjectKey).ToListAsync());
        return string.Join('\n', [.. states.Select(s => s.ToString()), .. orders, $"{events} {links} {parked}", .. cases, .. audit]);
    }
}

/// <summary>
/// Statements of a process that dies before its n-th one: the connection breaks and the database rolls back the
/// transaction.
/// </summary>
internal sealed class CrashingStatements(IStatements inner, int dieAt) : IStatements
{
    private int _count;

    public static void Replace(IServiceCollection services, int dieAt)
    {
        var standing = services.Single(s => s.ServiceType == typeof(ITowerDb));
        services.Remove(standing);
        services.AddSingleton<ITowerDb>(provider =>
        {
            var database = (ITowerDb)ActivatorUtilities.CreateInstance(provider, standing.ImplementationType!);
            return new CrashingDatabase(database, new CrashingStatements(database.Statements, dieAt));
        });
    }

    public Task<IReadOnlyList<MessageKey>> InsertMessagesAsync(
        TowerDbContext db, IReadOnlyList<InboxMessage> messages, CancellationToken cancellation) =>
        Live(() => inner.InsertMessagesAsync(db, messages, cancellation));

    public Task<Dictionary<MessageKey, byte[]>> ContentHashesAsync(
        TowerDbContext db, IReadOnlyCollection<MessageKey> keys, CancellationToken cancellation) =>
        Live(() => inner.ContentHashesAsync(db, keys, cancellation));

    public Task<List<InboxMessage>> ClaimMessagesAsync(TowerDbContext db, DateTimeOffset now, int limit, CancellationToken cancellation) =>
        Live(() => inner.ClaimMessagesAsync(db, now, limit, cancellation));

    public Task<List<InboxMessage>> ClaimMessagesAsync(TowerDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        Live(() => inner.ClaimMessagesAsync(db, ids, cancellation));

    public Task<List<TransactionRecord>> LockTransactionsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, IReadOnlyDictionary<long, int> known, CancellationToken cancellation) =>
        Live(() => inner.LockTransactionsAsync(db, ids, known, cancellation));

    public Task<Core.Persistence.People.TowerUser?> ShareLockUserAsync(TowerDbContext db, long id, CancellationToken cancellation) =>
        Live(() => inner.ShareLockUserAsync(db, id, cancellation));

    public Task InsertTransactionsAsync(
        TowerDbContext db, IReadOnlyCollection<TransactionRecord> transactions, CancellationToken cancellation) =>
        Live(() => inner.InsertTransactionsAsync(db, transactions, cancellation));

    public Task<List<TransactionRecord>> ClaimDueTransactionsAsync(
        TowerDbContext db, DateTimeOffset asOf, int limit, CancellationToken cancellation) =>
        Live(() => inner.ClaimDueTransactionsAsync(db, asOf, limit, cancellation));

    public Task<List<DocumentReference>> LockReferencesAsync(
        TowerDbContext db, IReadOnlyCollection<ReferenceKey> keys, CancellationToken cancellation) =>
        Live(() => inner.LockReferencesAsync(db, keys, cancellation));

    public Task InsertLinksAsync(TowerDbContext db, IReadOnlyCollection<ReferenceLink> links, CancellationToken cancellation) =>
        Live(() => inner.InsertLinksAsync(db, links, cancellation));

    public Task InsertCustomersAsync(
        TowerDbContext db, IEnumerable<CustomerLink> links, IEnumerable<CustomerWord> words, CancellationToken cancellation) =>
        Live(() => inner.InsertCustomersAsync(db, links, words, cancellation));

    public Task InsertDeferredReferencesAsync(
        TowerDbContext db, IReadOnlyCollection<DeferredReference> parkings, CancellationToken cancellation) =>
        Live(() => inner.InsertDeferredReferencesAsync(db, parkings, cancellation));

    public Task InsertRetractionsAsync(TowerDbContext db, IReadOnlyCollection<Retraction> retractions, CancellationToken cancellation) =>
        Live(() => inner.InsertRetractionsAsync(db, retractions, cancellation));

    public Task<List<long>> WithdrawCommandsAsync(
        TowerDbContext db, IReadOnlyCollection<long> ids, DateTimeOffset now, CancellationToken cancellation) =>
        Live(() => inner.WithdrawCommandsAsync(db, ids, now, cancellation));

    public Task InsertCasesAsync(TowerDbContext db, IReadOnlyCollection<ExceptionCase> cases, CancellationToken cancellation) =>
        Live(() => inner.InsertCasesAsync(db, cases, cancellation));

    public Task WriteAsync(TowerDbContext db, EngineWrites writes, CancellationToken cancellation) =>
        Live(() => inner.WriteAsync(db, writes, cancellation));

    public Task SealAsync(
        TowerDbContext db, IReadOnlyCollection<Core.Persistence.Audit.AuditEntry> entries, CancellationToken cancellation) =>
        Live(() => inner.SealAsync(db, entries, cancellation));

    public Task NotifyAsync(TowerDbContext db, CancellationToken cancellation) => Live(() => inner.NotifyAsync(db, cancellation));

    private T Live<T>(Func<T> statement) =>
        Interlocked.Increment(ref _count) == dieAt ? throw new OperationCanceledException("The process died.") : statement();

    private sealed class CrashingDatabase(ITowerDb inner, IStatements statements) : ITowerDb, IAsyncDisposable
    {
        public DatabaseProvider Provider => inner.Provider;

        public IStatements Statements => statements;

        public TowerDbContext CreateDbContext() => inner.CreateDbContext();

        public ValueTask DisposeAsync() => ((IAsyncDisposable)inner).DisposeAsync();
    }
}
