using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace ControlTower.Sandbox.Books;

/// <summary>
/// An append-only file of lines. A line counts once its task has completed: it is then on disk, and a kill or a power
/// failure cannot remove it. Lines that are appended within a few milliseconds share one flush.
/// </summary>
internal sealed class Journal : IAsyncDisposable
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(4);

    private readonly Lock _gate = new();
    private readonly SafeFileHandle _file;
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly Task _writer;
    private ArrayBufferWriter<byte> _pending = new(64 * 1024);
    private ArrayBufferWriter<byte> _writing = new(64 * 1024);
    private TaskCompletionSource _written = New();
    private bool _closing;
    private long _length;

    private Journal(SafeFileHandle file, long length)
    {
        (_file, _length) = (file, length);
        _writer = Task.Run(Write);
    }

    /// <summary>Never completes, or fails when the disk refuses: then nothing more may be answered.</summary>
    public Task Failure => _writer;

    /// <summary>
    /// Reads the lines of an earlier run, passes them on one by one, removes a truncated last line, and opens for
    /// appending.
    /// </summary>
    public static Journal Open(string path, Action<ReadOnlyMemory<byte>> each)
    {
        var length = File.Exists(path) ? JournalReader.Read(path, each) : 0;
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        RandomAccess.SetLength(file, length);
        return new Journal(file, length);
    }

    /// <returns>Completes when the line is on disk; fails when it cannot be written.</returns>
    public Task Append(ReadOnlySpan<byte> line)
    {
        Task written;
        lock (_gate)
        {
            var first = _pending.WrittenCount == 0;
            _pending.Write(line);
            _pending.Write("\n"u8);
            written = _written.Task;
            if (!first)
            {
                return written;
            }
        }

        _wanted.Release();
        return written;
    }

    public async ValueTask DisposeAsync()
    {
        _closing = true;
        _wanted.Release();
        await _writer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _file.Dispose();
        _wanted.Dispose();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Write()
    {
        while (true)
        {
            await _wanted.WaitAsync();
            if (!_closing)
            {
                await Task.Delay(Gather);
            }

            if (!Flush() && _closing)
            {
                return;
            }
        }
    }

    /// <returns>False when there was nothing to write.</returns>
    private bool Flush()
    {
        TaskCompletionSource written;
        lock (_gate)
        {
            (_pending, _writing) = (_writing, _pending);
            written = _written;
            _written = New();
        }

        try
        {
            RandomAccess.Write(_file, _writing.WrittenSpan, _length);
            RandomAccess.FlushToDisk(_file);
        }
        catch (Exception error)
        {
            written.SetException(error);
            throw;
        }

        var any = _writing.WrittenCount > 0;
        _length += _writing.WrittenCount;
        _writing.ResetWrittenCount();
        written.SetResult();
        return any;
    }
}
