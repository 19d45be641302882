namespace ControlTower.Core.Tests.Architecture;

/// <summary>
/// The layers of Core (docs/architecture.md, "Layers"). A folder may use every folder of the rows below its own. Inside
/// a row only the listed dependencies exist.
/// </summary>
internal static class Layers
{
    /// <summary>Lowest row first.</summary>
    private static readonly string[][] Rows =
    [
        ["Kernel"],
        ["Facts", "Policies"],
        ["Processes"],
        ["Decisions"],
        ["Hosting", "Persistence"],
        ["Audit", "Cases", "Inbox", "Connectors"],
        ["Engine"],
        ["Outbox"],
        ["Administration", "Approvals", "Replay", "Housekeeping", "Publishing"],
    ];

    private static readonly (string From, string To)[] ArrowsInRows =
    [
        ("Cases", "Audit"),
        ("Inbox", "Cases"),
        ("Inbox", "Audit"),
        ("Connectors", "Inbox"),
        ("Connectors", "Cases"),
        ("Connectors", "Audit"),
        ("Administration", "Approvals"),
        ("Replay", "Approvals"),
    ];

    /// <summary>Folders that only compute: no database, no dependency injection, no input or output.</summary>
    public static IReadOnlyList<string> Pure { get; } = ["Kernel", "Facts", "Policies", "Processes", "Decisions"];

    public static IEnumerable<string> Folders => Rows.SelectMany(row => row);

    /// <summary>Whether the first folder may use the second. A folder always may use itself.</summary>
    public static bool MayUse(string from, string to) =>
        from == to || RowOf(to) < RowOf(from) || ArrowsInRows.Contains((from, to));

    private static int RowOf(string folder) =>
        Array.FindIndex(Rows, row => row.Contains(folder, StringComparer.Ordinal)) is >= 0 and var row
        ? row
        : throw new ArgumentException($"The folder {folder} has no row in {nameof(Layers)}.", nameof(folder));
}
