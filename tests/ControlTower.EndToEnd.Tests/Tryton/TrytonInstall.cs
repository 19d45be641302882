using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Tryton;

/// <summary>The Tryton of this machine and its prepared database, as eng/tryton/prepare makes them.</summary>
public static class TrytonInstall
{
    private const string Variable = "CONTROL_TOWER_TRYTON";

    /// <summary>The sentence a skipped test shows.</summary>
    public const string SkipReason = "Needs Tryton 6.0: run ./test as root on Debian 12, or eng/tryton/prepare once.";

    public static string? Template { get; } = Find();

    /// <summary>For <c>[Fact(SkipUnless = …)]</c>.</summary>
    public static bool IsThere => Template is not null && File.Exists("/usr/bin/trytond");

    private static string? Find()
    {
        var folder = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } told ? told
            : Directory.Exists(Path.Combine(Repository.Root, "artifacts"))
                ? Directory.EnumerateDirectories(Path.Combine(Repository.Root, "artifacts"), "tryton-*").FirstOrDefault()
                : null;
        return folder is not null && Path.Combine(folder, "template.sql") is var file && File.Exists(file) ? file : null;
    }
}
