using System.Data.Common;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Outbox;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Statements;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>The point at which a process dies, when it first passes it. After that the process does nothing.</summary>
internal sealed class CrashPoint(string? point)
{
    private int _happened;

    public bool Happened => Volatile.Read(ref _happened) == 1;

    /// <summary>Dies here if this is the point; true when the process is dead.</summary>
    public bool IsDue(string step)
    {
        if (step == point)
        {
            Interlocked.Exchange(ref _happened, 1);
        }

        return Happened;
    }

    public void Pass(string step)
    {
        if (IsDue(step))
        {
            throw new ProcessDiedException();
        }
    }
}

internal sealed class ProcessDiedException() : Exception("The process died.");

/// <summary>A sender that can crash at each step towards database and target.</summary>
internal static class CrashingSender
{
    public const string AfterEffect = "after the effect, before the answer";

    public static IReadOnlyList<string> Steps { get; } =
    [
        "before the claim", "attempt committed", "before the gate's locks", "before the gate's attempt is committed",
        "the gate's attempt committed",
        "before the first byte", AfterEffect, "answer read", "before settling", "settled, before the commit",
        "committed, before the announcement",
    ];

    public static void Replace(IServiceCollection services, string connectionString, CrashPoint death)
    {
        Wrap<IOutboxStatements>(services, inner => new Statements(inner, death));
        Wrap<IConnectorKind>(services, inner => new Kind(inner, death));
        Wrap<ITowerDb>(services, inner => new Db(inner, connectionString, new Commits(death)));
    }

    private static void Wrap<T>(IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var standing = services.Single(s => s.ServiceType == typeof(T));
        services.Remove(standing);
        services.AddSingleton(provider => wrap((T)(standing.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, standing.ImplementationType!))));
    }

    private sealed class Statements(IOutboxStatements inner, CrashPoint death) : IOutboxStatements
    {
        public async Task<List<OutboxCommand>> ClaimAsync(TowerDbContext db, ClaimRequest request, CancellationToken cancellation)
        {
            death.Pass("before the claim");
            var claimed = await inner.ClaimAsync(db, request, cancellation);
            if (claimed.Exists(command => command.State == CommandState.Sending))
            {
                death.Pass("attempt committed");
            }

            return claimed;
        }

        public Task<List<TransactionRecord>> LockFreeTransactionsAsync(
            TowerDbContext db, IReadOnlyCollection<long> ids, IReadOnlyDictionary<long, int> known, CancellationToken cancellation)
        {
            death.Pass("before the gate's locks");
            return inner.LockFreeTransactionsAsync(db, ids, known, cancellation);
        }

        public Task BeginAsync(
            TowerDbContext db, IReadOnlyList<OutboxCommand> commands, ClaimRequest request, CancellationToken cancellation) =>
            inner.BeginAsync(db, commands, request, cancellation);

        public async Task<List<OutboxCommand>> LockPendingAsync(
            TowerDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellation)
        {
            var locked = await inner.LockPendingAsync(db, ids, cancellation);
            Commits.Name(db, "before the gate's attempt is committed", "the gate's attempt committed");
            return locked;
        }

        public Task<List<OutboxCommand>> LockExpiredAsync(TowerDbContext db, DateTimeOffset now, int limit, CancellationToken cancellation)
        {
            death.Pass("a sweep");
            return inner.LockExpiredAsync(db, now, limit, cancellation);
        }

        public async Task<List<long>> SettleAsync(
            TowerDbContext db, string owner, DateTimeOffset now, IReadOnlyList<AttemptCompletion> closings, CancellationToken cancellation)
        {
            death.Pass("before settling");
            var settled = await inner.SettleAsync(db, owner, now, closings, cancellation);
            Commits.Name(db, "settled, before the commit", "committed, before the announcement");
            return settled;
        }
    }

    private sealed class Kind(IConnectorKind inner, CrashPoint death) : IConnectorKind
    {
        string IConnectorKind.Kind => inner.Kind;

        public ConnectorKindInfo Describe() => inner.Describe();

        public IConnectorChannel Open(ConnectorRecord connector) => new Channel(inner.Open(connector), death);
    }

    private sealed class Channel(IConnectorChannel inner, CrashPoint death) : IConnectorChannel
    {
        public async Task<SendResult> SendAsync(CommandEnvelope command, CancellationToken cancellation)
        {
            death.Pass("before the first byte");
            var result = await inner.SendAsync(command, cancellation);
            death.Pass("answer read");
            return result;
        }

        public Task<PollResult> PollAsync(string? cursor, int limit, CancellationToken cancellation) =>
            inner.PollAsync(cursor, limit, cancellation);

        public UnknownOutcomePolicy PolicyForUnknownOutcome(string commandKind) => inner.PolicyForUnknownOutcome(commandKind);

        public ChannelPace Pace() => inner.Pace();
    }

    /// <summary>Commits of transactions that were given a name.</summary>
    private sealed class Commits(CrashPoint death) : DbTransactionInterceptor
    {
        private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<DbTransaction, string[]> Names = [];

        public static void Name(TowerDbContext db, string before, string after) =>
            Names.AddOrUpdate(
                ((Microsoft.EntityFrameworkCore.Infrastructure.IInfrastructure<DbTransaction>)db.Database.CurrentTransaction!).Instance,
                [before, after]);

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
            CancellationToken cancellationToken = default)
        {
            if (Names.TryGetValue(transaction, out var names))
            {
                death.Pass(names[0]);
            }

            return base.TransactionCommittingAsync(transaction, eventData, result, cancellationToken);
        }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (Names.TryGetValue(transaction, out var names))
            {
                Names.Remove(transaction);
                death.Pass(names[1]);
            }

            return base.TransactionCommittedAsync(transaction, eventData, cancellationToken);
        }
    }

    private sealed class Db(ITowerDb inner, string connectionString, Commits commits) : ITowerDb, IAsyncDisposable
    {
        public DatabaseProvider Provider => inner.Provider;

        public IStatements Statements => inner.Statements;

        public TowerDbContext CreateDbContext() => TestedDatabase.Open(connectionString, commits);

        public ValueTask DisposeAsync() => ((IAsyncDisposable)inner).DisposeAsync();
    }
}
