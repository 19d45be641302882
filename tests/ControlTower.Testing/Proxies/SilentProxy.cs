using System.Net.Sockets;

namespace ControlTower.Testing.Proxies;

/// <summary>
/// A proxy to a program of this machine that can fall silent, as a dead line does: connections stay, nothing arrives.
/// </summary>
public sealed class SilentProxy(Uri target) : FaultyProxy
{
    private volatile TaskCompletionSource? _silent;

    public void Silence() => _silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Speak()
    {
        var silent = _silent;
        _silent = null;
        silent?.SetResult();
    }

    protected override Task<Socket?> ConnectAsync() => ConnectToPortAsync(target.Port);

    protected override Task ForwardAsync(Stream near, Stream far) => CarryAsync(near, far);

    protected override Task AnswerAsync(Stream far, Stream near) => CarryAsync(far, near);

    private async Task CarryAsync(Stream from, Stream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, End) is > 0 and var count)
        {
            await (_silent?.Task ?? Task.CompletedTask).WaitAsync(End);
            await to.WriteAsync(buffer.AsMemory(0, count), End);
        }
    }
}
