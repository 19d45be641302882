using System.Text.Json;
using ControlTower.Sandbox.Hosting;

namespace ControlTower.Sandbox.Orders;

/// <summary>
/// All orders with which this data folder was ever started. An order keeps its first content and its fate: a later
/// start with other orders adds to the book and changes none that is in it.
/// </summary>
internal sealed class OrderBook
{
    public const string FileName = "orders.jsonl";

    private readonly Dictionary<string, SalesOrder> _orders;

    private OrderBook(IReadOnlyList<SalesOrder> orders)
    {
        All = orders;
        _orders = orders.ToDictionary(order => order.Number, StringComparer.Ordinal);
    }

    /// <summary>Ascending by order date.</summary>
    public IReadOnlyList<SalesOrder> All { get; }

    public SalesOrder? Find(string? number) => number is null ? null : _orders.GetValueOrDefault(number);

    public static OrderBook From(IReadOnlyList<SalesOrder> orders) => new(orders);

    /// <summary>Reads the folder's book, adds the orders that are not in it, and stores it.</summary>
    public static OrderBook Open(string data, IReadOnlyList<SalesOrder> orders)
    {
        var path = Path.Combine(data, FileName);
        var known = File.Exists(path) ? File.ReadLines(path).Select(Parse).ToList() : [];
        var numbers = known.Select(order => order.Number).ToHashSet(StringComparer.Ordinal);
        var added = orders.Where(order => !numbers.Contains(order.Number)).ToList();
        List<SalesOrder> all = [.. known.Concat(added).OrderBy(order => order.OrderedAt)];
        if (added.Count > 0)
        {
            AtomicFile.Write(path, Bytes(all));
        }

        return new OrderBook(all);
    }

    private static SalesOrder Parse(string line) =>
        JsonSerializer.Deserialize<SalesOrder>(line, JsonSerializerOptions.Web)
            ?? throw new InvalidDataException("An order of the book is empty.");

    private static byte[] Bytes(IEnumerable<SalesOrder> orders)
    {
        using var stream = new MemoryStream();
        foreach (var order in orders)
        {
            JsonSerializer.Serialize(stream, order, JsonSerializerOptions.Web);
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }
}
