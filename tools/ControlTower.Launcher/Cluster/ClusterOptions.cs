using System.Security.Cryptography;
using System.Text;

namespace ControlTower.Launcher.Cluster;

/// <summary>A private PostgreSQL cluster: where it lives and what it promises.</summary>
public sealed record ClusterOptions
{
    /// <summary>The socket's file name, /.s.PGSQL.5432, and this must fit into the 107 bytes of a Unix socket's address.</summary>
    private const int LongestSocketFolder = 90;

    /// <summary>The cluster's own folder, absolute. Made, and owned by the cluster's user, when missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether a commit that was answered survives a power cut. Only tests, whose data nobody keeps, may say no.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Connections at once; each costs about 10 MB when busy.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>Shared memory in megabytes.</summary>
    public int SharedBuffersMegabytes { get; init; } = 256;

    /// <summary>How much the log may grow between two checkpoints, in gigabytes; only under load does it.</summary>
    public int MaxWalGigabytes { get; init; } = 2;

    /// <summary>Log files that are kept for use again after a quiet time, in megabytes: making a new one writes it twice.</summary>
    public int MinWalMegabytes { get; init; } = 80;

    /// <summary>Where the socket is: in the cluster's folder, or under /tmp when that path is too long for a socket's address.</summary>
    public string SocketFolder => Encoding.UTF8.GetByteCount(Folder) <= LongestSocketFolder
        ? Folder
        : $"/tmp/control-tower-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Folder)))[..16]}";

    internal string LogFile => Path.Combine(Folder, "cluster.log");
}
