using System.Net.Sockets;

namespace ControlTower.Testing.Proxies;

/// <summary>
/// A proxy to a program of this machine that loses some of its answers. An answer comes after its effect: lost then,
/// the caller learns nothing of it.
/// </summary>
/// <param name="share">Part of the answers that are lost; without it the proxy only fails when it is cut.</param>
public sealed class AnswerLosingProxy(Uri target, double share = 0, int seed = 1) : FaultyProxy
{
    private readonly SeededChance _chance = new(share, seed);

    /// <summary>Answers that were lost.</summary>
    public int Lost => _chance.Hits;

    protected override Task<Socket?> ConnectAsync() => ConnectToPortAsync(target.Port);

    protected override async Task AnswerAsync(Stream far, Stream near)
    {
        var answer = new byte[16 * 1024];
        while (await far.ReadAsync(answer, End) is > 0 and var length && !_chance.Hit())
        {
            await near.WriteAsync(answer.AsMemory(0, length), End);
        }
    }
}
