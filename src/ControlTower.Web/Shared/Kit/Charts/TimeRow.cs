namespace ControlTower.Web.Shared.Kit.Charts;

/// <summary>A row of instants on a time line.</summary>
/// <param name="Shape">Distinguishes the rows without their colours.</param>
public sealed record TimeRow(string Name, MarkShape Shape, IReadOnlyList<TimeMark> Marks);

/// <param name="Text">One or two words: they stand next to the mark.</param>
public sealed record TimeMark(DateTimeOffset At, string Text);

public enum MarkShape
{
    Ring,
    Diamond,
    Disc,
}
