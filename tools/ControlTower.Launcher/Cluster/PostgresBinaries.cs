using System.Globalization;

namespace ControlTower.Launcher.Cluster;

/// <summary>The server's programs: Debian keeps each major version in a separate folder outside the path.</summary>
public sealed record PostgresBinaries(string Folder)
{
    private const string Versions = "/usr/lib/postgresql";
    private const int Oldest = 15;

    public string Initdb => Path.Combine(Folder, "initdb");

    public string Control => Path.Combine(Folder, "pg_ctl");

    /// <summary>The version a cluster was created with, or the newest one for a new cluster.</summary>
    /// <exception cref="LaunchException">It is not installed.</exception>
    public static PostgresBinaries Find(string cluster)
    {
        var versionFile = Path.Combine(cluster, "PG_VERSION");
        var wanted = File.Exists(versionFile) ? File.ReadAllText(versionFile).Trim() : null;
        var found = Installed().FirstOrDefault(version => wanted is null ? version.Major >= Oldest : version.Name == wanted);
        return found.Name is not null
            ? new PostgresBinaries(Path.Combine(Versions, found.Name, "bin"))
            : throw new LaunchException(
                $"PostgreSQL {wanted ?? "15"} is not installed: install the package postgresql-{wanted ?? "15"}, or name a server of your "
                    + "own in ConnectionStrings__ControlTower.");
    }

    private static IEnumerable<(string Name, int Major)> Installed()
        => (Directory.Exists(Versions) ? Directory.GetDirectories(Versions) : [])
            .Where(folder => File.Exists(Path.Combine(folder, "bin", "postgres")))
            .Select(folder => Path.GetFileName(folder)!)
            .Where(name => int.TryParse(name, out _))
            .Select(name => (name, int.Parse(name, CultureInfo.InvariantCulture)))
            .OrderByDescending(version => version.Item2);
}
