using System.Threading.Channels;
using ControlTower.Core.Persistence;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>
/// Gathers ended attempts and writes them together: while one transaction is being committed the next batch fills. What
/// cannot be written now is tried again until it can, or until the process ends and the leases expire.
/// </summary>
internal sealed class OutcomeWriter(
    CompletionTransaction settlement, OutboxOptions options, TimeProvider system, AttemptLog attempts, ILogger<OutcomeWriter> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly Channel<AttemptEnded> _ended = Channel.CreateUnbounded<AttemptEnded>(new() { SingleReader = true });

    public void Add(AttemptEnded ended) => _ended.Writer.TryWrite(ended);

    /// <summary>No more will come: <see cref="RunAsync"/> ends when the last is written.</summary>
    public void Complete() => _ended.Writer.TryComplete();

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await _ended.Reader.WaitToReadAsync(cancellation))
        {
            var batch = new List<AttemptEnded>();
            while (batch.Count < options.SettleSize && _ended.Reader.TryRead(out var ended))
            {
                batch.Add(ended);
            }

            await WriteAsync(batch, cancellation);
        }
    }

    /// <summary>Writes all that has come so far; for tests.</summary>
    internal async Task FlushAsync(CancellationToken cancellation)
    {
        while (_ended.Reader.TryRead(out var ended))
        {
            await WriteAsync([ended], cancellation);
        }
    }

    private async Task WriteAsync(List<AttemptEnded> batch, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await settlement.WriteAsync(batch, cancellation);
                attempts.Report(batch);
                return;
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                log.LogWarning("{Count} outcomes could not be written yet: {Error}", batch.Count, error.Message);
                await Task.Delay(Pause, system, cancellation);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                await IsolateAsync(batch, error, cancellation);
                return;
            }
        }
    }

    /// <summary>
    /// An error of one outcome must not affect the others. If it fails alone, it is left to its lease: the policy for
    /// unknown outcomes handles it.
    /// </summary>
    private async Task IsolateAsync(List<AttemptEnded> batch, Exception error, CancellationToken cancellation)
    {
        if (batch.Count == 1)
        {
            log.LogError(error, "The outcome of {Key} could not be written; it is unknown when its lease ends", batch[0].Command.Key);
            return;
        }

        foreach (var ended in batch)
        {
            await WriteAsync([ended], cancellation);
        }
    }
}
