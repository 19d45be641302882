using System.Net.Sockets;

namespace ControlTower.Testing.Proxies;

/// <summary>A proxy to a program of this machine that counts what it answers, as it goes over the line.</summary>
public sealed class CountingProxy(Uri target) : FaultyProxy
{
    private long _bytes;

    /// <summary>Bytes answered since the last call of <see cref="Reset"/>: headers, encoded bodies and frames.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public void Reset() => Interlocked.Exchange(ref _bytes, 0);

    protected override Task<Socket?> ConnectAsync() => ConnectToPortAsync(target.Port);

    protected override async Task AnswerAsync(Stream far, Stream near)
    {
        var answer = new byte[16 * 1024];
        while (await far.ReadAsync(answer, End) is > 0 and var length)
        {
            Interlocked.Add(ref _bytes, length);
            await near.WriteAsync(answer.AsMemory(0, length), End);
        }
    }
}
