using System.Data.Common;
using ControlTower.Core.Persistence;

namespace ControlTower.Web.Hosting;

/// <summary>Where the audit's top head is anchored: next to the master key, in a file for each database.</summary>
internal static class AuditAnchorFile
{
    public static string For(string masterKeyFile, DatabaseOptions options)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(masterKeyFile))!;
        return Path.Combine(folder, $"audit-head.{string.Concat(DatabaseOf(options).Select(InFileName))}");
    }

    private static char InFileName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_';

    private static string DatabaseOf(DatabaseOptions options)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = options.ConnectionString };
        return new[] { "Database", "Initial Catalog", "DB" }.Select(key => parts.TryGetValue(key, out var value) ? value.ToString() : null)
            .FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "default";
    }
}
