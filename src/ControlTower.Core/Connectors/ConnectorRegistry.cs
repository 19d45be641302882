using System.Collections.Frozen;
using System.Security.Cryptography;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Connectors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Connectors;

/// <summary>
/// The registered connectors in memory, at most a second old; a change made by this process shows at once. While the
/// database cannot be reached the last reading stays in use.
/// </summary>
public sealed class ConnectorRegistry(
    ITowerDb database, ConnectorSecrets secrets, ConnectorKinds kinds, TowerClocks clocks, ILogger<ConnectorRegistry> log) : IDisposable
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AgeOnMiss = TimeSpan.FromMilliseconds(100);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile FrozenDictionary<string, RegisteredConnector> _all = FrozenDictionary<string, RegisteredConnector>.Empty;
    private long _readAtTicks;

    /// <summary>All of them, read again when the last reading is older than a second.</summary>
    public async ValueTask<IReadOnlyCollection<RegisteredConnector>> AllAsync(CancellationToken cancellation = default)
    {
        await FreshenAsync(Age, cancellation);
        return _all.Values;
    }

    /// <summary>The connector of that name, or null; an unknown name is looked up in the database, ten times a second at most.</summary>
    public async ValueTask<RegisteredConnector?> FindAsync(string name, CancellationToken cancellation = default)
    {
        await FreshenAsync(Age, cancellation);
        if (_all.TryGetValue(name, out var known))
        {
            return known;
        }

        await FreshenAsync(AgeOnMiss, cancellation);
        return _all.GetValueOrDefault(name);
    }

    /// <summary>Reads again now: after a change by this process.</summary>
    public async Task RefreshAsync(CancellationToken cancellation = default)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            await ReadAsync(cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async ValueTask FreshenAsync(TimeSpan age, CancellationToken cancellation)
    {
        if (!IsOlderThan(age))
        {
            return;
        }

        // While another caller reads, the last reading is used. Only the first reading ever is waited for.
        if (!await _gate.WaitAsync(_readAtTicks == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, cancellation))
        {
            return;
        }

        try
        {
            if (IsOlderThan(age))
            {
                await ReadAsync(cancellation);
            }
        }
        catch (Exception error) when (TransientErrors.IsTransient(error) && _readAtTicks != 0)
        {
            log.LogWarning("The connectors could not be read again: {Error}", error.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    private bool IsOlderThan(TimeSpan age) => clocks.SystemNow.UtcTicks - Interlocked.Read(ref _readAtTicks) >= age.Ticks;

    private async Task ReadAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var records = await db.Connectors.AsNoTracking().ToListAsync(cancellation);
        _all = records.ToFrozenDictionary(record => record.Name, Keep, StringComparer.Ordinal);
        Interlocked.Exchange(ref _readAtTicks, clocks.SystemNow.UtcTicks);
    }

    /// <summary>
    /// A row whose version is unchanged keeps its channel: its breaker, its rate and its running sends.
    /// </summary>
    private RegisteredConnector Keep(ConnectorRecord record) =>
        _all.TryGetValue(record.Name, out var known) && known.Record.Version == record.Version && known.Record.Id == record.Id
            ? known.With(record)
            : Open(record);

    private RegisteredConnector Open(ConnectorRecord record)
    {
        var rate = record.InboundPerSecond is { } perSecond ? new TokenBucket(perSecond, clocks.System) : null;
        try
        {
            var channel = kinds.Find(record.Kind)?.Open(record);
            return new RegisteredConnector(
                record, secrets.InboundKey(record), secrets.PreviousInboundKey(record), channel, rate, secrets.CredentialsOf(record));
        }
        catch (CryptographicException error)
        {
            log.LogError("The secrets of connector {Connector} do not open under this master key: {Error}", record.Name, error.Message);
            return new RegisteredConnector(record, null, null, null, rate);
        }
    }
}
