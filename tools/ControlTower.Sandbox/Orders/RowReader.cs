using System.Globalization;
using ControlTower.Sandbox.Cli;
using CsvHelper;

namespace ControlTower.Sandbox.Orders;

/// <summary>
/// Reads typed fields from the current line; an unreadable one becomes one sentence with the line's number.
/// </summary>
internal sealed class RowReader(CsvReader csv, string file)
{
    private const int MostDays = 3650;

    /// <summary>The line's number in the file, from 1.</summary>
    public long Line => csv.LineNumber;

    public string Optional(string column) => csv.GetString(column).Trim();

    public string Text(string column) => Optional(column) is { Length: > 0 } text ? text : throw Fault($"{column} is empty");

    public DateTimeOffset Instant(string column)
    {
        var text = Text(column);
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var instant) && instant.Year is >= 1970 and < 9000
            ? instant
            : throw Fault($"{column} '{text}' is not a date and time such as 2015-01-01T02:06:00Z");
    }

    public decimal Number(string column, decimal least, decimal most)
    {
        var text = Text(column);
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Fault($"{column} '{text}' is not a number of {least} or more");
    }

    public decimal Quantity(string column) =>
        Number(column, 0, 999_999_999m) is > 0 and var quantity ? quantity : throw Fault($"{column} is not above 0");

    public int Days(string column)
    {
        var text = Text(column);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= MostDays
            ? days
            : throw Fault($"{column} '{text}' is not a whole number of days from 0 to {MostDays}");
    }

    private BadInput Fault(string what) => new($"{file} line {Line}: {what}.");
}
