using System.Net.Sockets;

namespace ControlTower.Testing.Proxies;

/// <summary>
/// A proxy to PostgreSQL that resets the connection after some of the COMMITs were sent: the database has them, and
/// nobody hears of it. Which ones is decided
/// by a seed.
/// </summary>
/// <param name="share">Of the COMMITs, 0 to 1.</param>
public sealed class CommitLosingProxy(string connectionString, double share, int seed) : FaultyProxy
{
    private static readonly byte[] Commit = "COMMIT\0"u8.ToArray();
    private readonly SeededChance _chance = new(share, seed);

    /// <summary>COMMITs whose answer was lost.</summary>
    public int Lost => _chance.Hits;

    public string ConnectionString => PostgresSocket.Via(connectionString, Port);

    protected override async Task<Socket?> ConnectAsync() => await PostgresSocket.ConnectAsync(connectionString, End);

    protected override async Task ForwardAsync(Stream near, Stream far)
    {
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await near.ReadAsync(chunk, End)) > 0)
        {
            await far.WriteAsync(chunk.AsMemory(0, read), End);
            if (chunk.AsSpan(0, read).IndexOf(Commit) >= 0 && _chance.Hit())
            {
                // The server reads on from its own buffer: what was written to it is carried out.
                return;
            }
        }
    }
}
