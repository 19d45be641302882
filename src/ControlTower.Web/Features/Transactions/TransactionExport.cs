using System.Globalization;
using System.Text;
using ControlTower.Core.Kernel;
using ControlTower.Web.Api;
using ControlTower.Web.Shared;

namespace ControlTower.Web.Features.Transactions;

/// <summary>
/// The list of a filter as CSV (RFC 4180), in the list's order. The last line is <c>#end,ROWS,complete</c>, or
/// <c>#end,ROWS,cut</c> when there are more: a file without such a line is incomplete.
/// </summary>
public sealed class TransactionExport(ITransactionLists lists)
{
    /// <summary>More rows than this are left out; the file's last line shows it.</summary>
    public const int Most = 20_000;

    private const int PageSize = 500;

    private static readonly string[] Header =
    [
        "key", "orderNumber", "stage", "health", "sites", "region", "customer", "currency", "amount", "invoiced", "posted", "held", "late",
        "orderedAt", "requestedDelivery", "shippedAt", "deliveredAt", "updatedAt", "atRisk",
    ];

    /// <summary>
    /// Writes the rows that the actor may see. When it throws, what was not sent yet is not sent: the response is an
    /// error, or is aborted.
    /// </summary>
    public async Task WriteAsync(Stream to, TransactionFilter filter, Actor actor, CancellationToken cancellation)
    {
        var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(Line(Header));
        var written = 0;
        RowCursor? cursor = null;
        do
        {
            var page = await lists.ListAsync(filter, actor, cursor, Math.Min(PageSize, Most - written), cancellation);
            foreach (var row in page.Rows)
            {
                await writer.WriteAsync(Line(Cells(row)));
            }

            written += page.Rows.Count;
            cursor = page.Next is { } next && RowCursor.TryParse(next, out var place) ? place : null;
        }
        while (cursor is not null && written < Most);

        await writer.WriteAsync(Line(["#end", written.ToString(CultureInfo.InvariantCulture), cursor is null ? "complete" : "cut"]));
        await writer.FlushAsync(cancellation);
    }

    internal static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static IEnumerable<string?> Cells(TransactionRow row) =>
    [
        row.Key, row.OrderNumber, TransactionFilterText.Text(row.Stage), TransactionFilterText.Text(row.Health),
        string.Join(' ', row.Sites), row.Region,
        row.Customer, row.Currency, Number(row.Amount), Number(row.Invoiced), Number(row.Posted), Number(row.Held),
        row.Late ? "true" : "false",
        Instant(row.OrderedAt), Instant(row.RequestedDelivery), Instant(row.ShippedAt), Instant(row.DeliveredAt), Instant(row.UpdatedAt),
        row.AtRisk ? "true" : "false",
    ];

    // A spreadsheet treats a text that begins like a formula as one: an apostrophe keeps it a text.
    private static string Cell(string? text)
    {
        var safe = text is { Length: > 0 } && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) && !IsNumber(text)
            ? "'" + text
            : text ?? "";
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _);

    private static string Number(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

    private static string? Instant(DateTimeOffset? at) => at is { } instant ? TimeFormat.Iso(instant) : null;
}
