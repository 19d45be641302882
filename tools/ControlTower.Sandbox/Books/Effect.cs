using System.Text.Json.Serialization;
using ControlTower.Sandbox.Services.Billing;
using ControlTower.Sandbox.Services.Carriers;
using ControlTower.Sandbox.Services.Erp;
using ControlTower.Sandbox.Services.Wms;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Books;

/// <summary>
/// The effect of a command on a system's books. One effect per entry; the ledger consists of effects only.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "effect")]
[JsonDerivedType(typeof(GoodsIssue), "goods-issue")]
[JsonDerivedType(typeof(Posting), "posting")]
[JsonDerivedType(typeof(StatusUpdate), "status-update")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(Cancellation), "cancellation")]
[JsonDerivedType(typeof(Tender), "tender")]
[JsonDerivedType(typeof(Invoice), "invoice")]
[JsonDerivedType(typeof(Refusal), "refusal")]
internal abstract record Effect
{
    /// <summary>The order's number in the ERP.</summary>
    public string Order { get; init; } = "";

    /// <summary>The key of the command that caused it.</summary>
    public string Key { get; init; } = "";

    /// <summary>Business time at which it was booked.</summary>
    public DateTimeOffset BookedAt { get; init; }

    /// <summary>The references of the command, which the facts that follow repeat.</summary>
    public References References { get; init; } = [];

    /// <summary>The same effect with the command that caused it.</summary>
    public Effect CausedBy(Command command, DateTimeOffset now) =>
        this with
            { Order = Order.Length > 0 ? Order : command.Order ?? "", Key = command.Key, BookedAt = now, References = command.References };
}

/// <summary>A command was refused for its content; stored so that the next one, under a new key, is accepted.</summary>
internal sealed record Refusal : Effect
{
    public required string Code { get; init; }
    public required string Kind { get; init; }
}
