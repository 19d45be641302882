using System.Security.Cryptography;
using System.Text;

namespace ControlTower.Launcher.Cluster;

/// <summary>A private PostgreSQL cluster: its folder and its settings.</summary>
public sealed record ClusterOptions
{
    /// <summary>
    /// The length of this path plus the socket's file name, /.s.PGSQL.5432, is limited to the 107 bytes of a Unix
    /// socket's address.
    /// </summary>
    private const int LongestSocketFolder = 90;

    /// <summary>The cluster's folder, absolute. Created, and owned by the cluster's user, when missing.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Whether an answered commit survives a power failure. Only tests, whose data nobody keeps, may disable it.
    /// </summary>
    public bool Durable { get; init; } = true;

    /// <summary>Connections at once; each costs about 10 MB when busy.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Shared memory in megabytes.</summary>
    public int SharedBuffersMegabytes { get; init; } = 256;

    /// <summary>How much the log may grow between two checkpoints, in gigabytes; it does so only under load.</summary>
    public int MaxWalGigabytes { get; init; } = 2;

    /// <summary>
    /// Log files kept for reuse after a quiet time, in megabytes: creating a new one writes it twice.
    /// </summary>
    public int MinWalMegabytes { get; init; } = 80;

    /// <summary>
    /// Where the socket is: in the cluster's folder, or under /tmp when that path is too long for a socket's address.
    /// </summary>
    public string SocketFolder => Encoding.UTF8.GetByteCount(Folder) <= LongestSocketFolder
        ? Folder
        : $"/tmp/control-tower-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Folder)))[..16]}";

    internal string LogFile => Path.Combine(Folder, "cluster.log");
}
