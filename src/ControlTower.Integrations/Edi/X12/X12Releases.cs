namespace ControlTower.Integrations.Edi.X12;

/// <summary>
/// The releases whose sets are known, oldest first, as GS08 begins; and the versions of the interchange (ISA12) that
/// belong to them.
/// </summary>
public static class X12Releases
{
    public const string V4010 = "004010";
    public const string V4030 = "004030";
    public const string V5010 = "005010";

    public static IReadOnlyList<string> All { get; } = [V4010, V4030, V5010];

    /// <summary>The release by which a group is read: its own, else the last known one before it.</summary>
    /// <param name="version">GS08, with or without an industry's suffix (005010VICS).</param>
    public static string Find(string version) => All.LastOrDefault(release => string.CompareOrdinal(release, version) <= 0) ?? V4010;

    /// <summary>The release of that group where it is known exactly; else null.</summary>
    public static string? Known(string version) => All.FirstOrDefault(release => version.StartsWith(release, StringComparison.Ordinal));

    /// <summary>The release of an interchange's version; null where it is not known.</summary>
    public static string? OfInterchange(string version) => All.FirstOrDefault(release => InterchangeVersion(release) == version);

    /// <summary>ISA12: 00401 of 004010.</summary>
    public static string InterchangeVersion(string release) => Find(release)[..5];

    /// <summary>
    /// From 5010 on ISA11 always is the repetition separator; of 4030 the letter U is written, as its partners were
    /// written to from the start.
    /// </summary>
    public static bool WritesRepetition(string release) => Find(release) == V5010;
}
