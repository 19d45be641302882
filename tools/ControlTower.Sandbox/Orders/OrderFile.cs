using ControlTower.Sandbox.Cli;
using CsvHelper;

namespace ControlTower.Sandbox.Orders;

/// <summary>Reads an order book in the columns of the DataCo order lines (see docs/sandbox.md for the rules).</summary>
internal static class OrderFile
{
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    /// <returns>The orders, ascending by order date, then in the order of the file.</returns>
    /// <exception cref="BadInput">The file is missing or unreadable, or one of its lines is malformed; the sentence
    /// names the line.</exception>
    public static IReadOnlyList<SalesOrder> Read(string path)
    {
        try
        {
            using var text = new StreamReader(path);
            return Read(text, Path.GetFileName(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInput($"The orders file {path} cannot be read: {error.Message.TrimEnd('.')}.");
        }
    }

    public static IReadOnlyList<SalesOrder> Read(TextReader text, string name)
    {
        using var csv = CsvReader.Create(text, Options, leaveOpen: true);
        try
        {
            var rows = Rows(csv, name);
            return [.. rows.GroupBy(row => row.OrderId, StringComparer.Ordinal).Select(FileOrder.From).OrderBy(order => order.OrderedAt)];
        }
        catch (CsvFormatException error)
        {
            throw new BadInput($"{name} line {error.LineNumber}: {Wording(error)}.");
        }
    }

    private static List<OrderRow> Rows(CsvReader csv, string name)
    {
        Header(csv, name);
        var rows = new List<OrderRow>();
        var checks = new OrderRowChecks(name);
        while (csv.Read())
        {
            var row = OrderRow.From(new RowReader(csv, name));
            checks.Add(row);
            rows.Add(row);
        }

        return rows.Count > 0 ? rows : throw new BadInput($"The orders file {name} has no order lines.");
    }

    private static void Header(CsvReader csv, string name)
    {
        csv.ReadHeader();
        if (csv.Headers.Count == 0)
        {
            throw new BadInput($"The orders file {name} is empty: it needs a header line and order lines.");
        }

        var missing = OrderRow.Columns.Except(csv.Headers, StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
        {
            throw new BadInput($"{name} line 1: the header lacks {string.Join(", ", missing)}.");
        }
    }

    /// <summary>The library's own messages contain offsets, which the line number makes unnecessary.</summary>
    private static string Wording(CsvFormatException error) =>
        error.Message.Contains("field", StringComparison.OrdinalIgnoreCase)
            && !error.Message.Contains("quot", StringComparison.OrdinalIgnoreCase)
            ? "it has another number of fields than the header"
            : "its quotation marks do not match";
}
