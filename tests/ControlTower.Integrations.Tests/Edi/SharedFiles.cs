using ControlTower.Testing;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>Interchanges written by others (EDI.Net's samples), next to the checkout.</summary>
public static class SharedFiles
{
    public const string Absent = "Needs the sample interchanges at ../shared/data/edi beside the checkout.";

    public static string Folder { get; } = Path.Combine(Repository.Root, "..", "shared", "data", "edi");

    public static bool AreThere => Directory.Exists(Folder);

    public static IEnumerable<string> Names => Directory.EnumerateFiles(
        Folder, "*.edi", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive })
        .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));
}
