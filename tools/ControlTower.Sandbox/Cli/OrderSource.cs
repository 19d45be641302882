using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Cli;

/// <summary>Where the order book comes from: a file in the columns of the DataCo order lines, or the generator.</summary>
/// <param name="File">The file's path; null means the generator.</param>
/// <param name="Count">How many orders the generator makes.</param>
/// <param name="Seed">Same seed, same orders.</param>
internal sealed record OrderSource(string? File, int Count, int Seed)
{
    public const int DefaultCount = 500;
    public const int DefaultSeed = 1;

    public static OrderSource From(Arguments arguments)
    {
        var file = arguments.Optional("--orders");
        if (file is not null && arguments.Optional("--orders-count") is not null)
        {
            throw new BadInput("--orders and --orders-count exclude each other: take the file's orders or generated ones.");
        }

        return new OrderSource(
            file,
            arguments.Number("--orders-count", DefaultCount, 1, 1_000_000),
            arguments.Number("--seed", DefaultSeed, 0, int.MaxValue));
    }

    /// <summary>The orders, ascending by order date.</summary>
    /// <exception cref="BadInput">The file is missing, unreadable or malformed.</exception>
    public IReadOnlyList<SalesOrder> Read() => File is null ? OrderGenerator.Make(Count, Seed) : OrderFile.Read(File);
}
