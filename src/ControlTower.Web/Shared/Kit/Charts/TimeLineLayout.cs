namespace ControlTower.Web.Shared.Kit.Charts;

/// <summary>Where the marks of a time line and their texts are, so that no text covers another.</summary>
internal sealed class TimeLineLayout
{
    private const int AxisHeight = 20;
    private const int MarkHeight = 18;
    private const int LaneHeight = 16;

    /// <summary>Nearer than this, in percent, several marks are one.</summary>
    private const double Nearest = 1.2;

    /// <summary>Width of a letter at the narrowest width of the chart, in percent.</summary>
    private const double LetterWidth = 0.95;

    private TimeLineLayout(TimeScale scale, IReadOnlyList<TimeRow> rows, DateTimeOffset now)
    {
        Ticks = [.. scale.Ticks()];
        NowAt = scale.Has(now) ? scale.PercentOf(now) : null;
        var top = AxisHeight;
        var placed = new List<PlacedRow>();
        foreach (var row in rows)
        {
            var marks = Place(row.Marks, scale);
            placed.Add(new(row, top + (MarkHeight / 2), marks));
            top += MarkHeight + (LaneHeight * (marks.Count == 0 ? 0 : marks.Max(mark => mark.Lane) + 1)) + 4;
        }

        (Rows, Height) = (placed, top);
    }

    public int Height { get; }

    public IReadOnlyList<(double Percent, string Text)> Ticks { get; }

    /// <summary>Null where the line ended before.</summary>
    public double? NowAt { get; }

    public IReadOnlyList<PlacedRow> Rows { get; }

    /// <param name="open">The line continues: it reaches until now at least.</param>
    /// <returns>Null without a mark.</returns>
    public static TimeLineLayout? From(IReadOnlyList<TimeRow> rows, DateTimeOffset now, bool open, TimeZoneInfo zone)
    {
        var instants = rows.SelectMany(row => row.Marks).Select(mark => mark.At).ToList();
        return instants.Count == 0 ? null : new(new TimeScale(open ? [.. instants, now] : instants, zone), rows, now);
    }

    /// <summary>
    /// Each text in the first lane that has room for it, the last one first: so the stem of a text in a lower lane is
    /// left of the texts that it passes.
    /// </summary>
    private static List<PlacedMark> Place(IReadOnlyList<TimeMark> marks, TimeScale scale)
    {
        var starts = new List<double>();
        var placed = new List<PlacedMark>();
        foreach (var (percent, text) in Merged(marks, scale).Reverse())
        {
            var width = text.Length * LetterWidth;
            var atEnd = percent + width > 100;
            var begins = atEnd ? percent - width : percent;
            var lane = starts.FindIndex(start => begins + width + 1 <= start);
            if (lane < 0)
            {
                lane = starts.Count;
                starts.Add(0);
            }

            starts[lane] = begins;
            placed.Add(new(percent, text, lane, ((lane + 1) * LaneHeight) + (MarkHeight / 2) - 3, atEnd));
        }

        placed.Reverse();
        return placed;
    }

    private static IEnumerable<(double Percent, string Text)> Merged(IReadOnlyList<TimeMark> marks, TimeScale scale)
    {
        var merged = new List<(double Percent, string Text)>();
        foreach (var mark in marks.OrderBy(mark => mark.At))
        {
            var percent = scale.PercentOf(mark.At);
            if (merged.Count > 0 && percent - merged[^1].Percent < Nearest)
            {
                merged[^1] = (merged[^1].Percent, $"{merged[^1].Text}, {mark.Text}");
            }
            else
            {
                merged.Add((percent, mark.Text));
            }
        }

        return merged;
    }
}

/// <param name="Y">Of its marks.</param>
internal sealed record PlacedRow(TimeRow Row, int Y, IReadOnlyList<PlacedMark> Marks);

/// <param name="TextY">Below the mark.</param>
/// <param name="EndsAtMark">The text is left of the mark: right of it there is no room.</param>
internal sealed record PlacedMark(double Percent, string Text, int Lane, int TextY, bool EndsAtMark);
