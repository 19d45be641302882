using System.CommandLine;
using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Cli;

/// <summary>The source of the order book: a file in the columns of the DataCo order lines, or the generator.</summary>
/// <param name="File">The file's path; null means the generator.</param>
/// <param name="Count">How many orders the generator makes.</param>
/// <param name="Seed">Same seed, same orders.</param>
internal sealed record OrderSource(string? File, int Count, int Seed)
{
    public const int DefaultCount = 500;
    public const int DefaultSeed = 1;

    public static OrderSource From(ParseResult parsed)
    {
        var file = parsed.GetValue(SandboxCommands.Orders);
        var count = parsed.GetValue(SandboxCommands.OrdersCount);
        if (file is not null && count is not null)
        {
            throw new BadInput("--orders and --orders-count exclude each other: take the file's orders or generated ones.");
        }

        return new OrderSource(file, count ?? DefaultCount, parsed.GetValue(SandboxCommands.Seed) ?? DefaultSeed);
    }

    /// <summary>The orders, ascending by order date.</summary>
    /// <exception cref="BadInput">The file is missing, unreadable or malformed.</exception>
    public IReadOnlyList<SalesOrder> Read() => File is null ? OrderGenerator.Make(Count, Seed) : OrderFile.Read(File);
}
