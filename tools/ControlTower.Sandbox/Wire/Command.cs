namespace ControlTower.Sandbox.Wire;

/// <summary>A command of the tower as it arrived: what to do, under which key, and the content's hash.</summary>
/// <param name="Hash">SHA-256 of the body as sent, in hexadecimal.</param>
internal sealed record Command(string Kind, string Key, string Hash, CommandData Data)
{
    public References References => Data.References;

    public string? Order => References.Number("order");
}

/// <summary>The <c>data</c> of all kinds of commands; each kind uses its own part of it.</summary>
internal sealed record CommandData
{
    public References References { get; init; } = [];
    public string? Site { get; init; }
    public string? Carrier { get; init; }
    public string? Reason { get; init; }
    public string? Stage { get; init; }
    public string? PostingDate { get; init; }
    public string? At { get; init; }
    public string? ShippedAt { get; init; }
    public IReadOnlyList<CommandLine>? Lines { get; init; }
    public CommandInvoice? Invoice { get; init; }
}

internal sealed record CommandLine(string Line, string? Item, decimal? Quantity, string? Unit, decimal? UnitPrice, decimal? Amount);

internal sealed record CommandInvoice(
    string? Number, string? Currency, IReadOnlyList<CommandLine>? Lines, decimal? Net, decimal? Tax, decimal? Total);

/// <summary>A CloudEvents envelope, as far as a command needs it.</summary>
internal sealed record CommandEnvelope(string? SpecVersion, string? Id, string? Source, string? Type, CommandData? Data);
