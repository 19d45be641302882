using System.Net.Sockets;

namespace ControlTower.Testing.Proxies;

/// <summary>
/// A proxy to PostgreSQL that can be frozen, as a stop signal freezes the server: connections stay, new ones are taken,
/// and nothing is answered.
/// </summary>
public sealed class FreezingProxy(string connectionString) : FaultyProxy
{
    private volatile TaskCompletionSource? _frozen;
    private int _connections;

    /// <summary>How many connections were asked for so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public string ConnectionString => PostgresSocket.Via(connectionString, Port);

    public void Freeze() => _frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw()
    {
        var frozen = _frozen;
        _frozen = null;
        frozen?.SetResult();
    }

    protected override async Task<Socket?> ConnectAsync()
    {
        Interlocked.Increment(ref _connections);
        return await PostgresSocket.ConnectAsync(connectionString, End);
    }

    protected override Task ForwardAsync(Stream near, Stream far) => CarryAsync(near, far);

    protected override Task AnswerAsync(Stream far, Stream near) => CarryAsync(far, near);

    private async Task CarryAsync(Stream from, Stream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, End) is > 0 and var count)
        {
            await (_frozen?.Task ?? Task.CompletedTask).WaitAsync(End);
            await to.WriteAsync(buffer.AsMemory(0, count), End);
        }
    }
}
