namespace ControlTower.Core.Kernel.Commands;

/// <summary>Command kinds of the open connector, version 1.</summary>
public static class CommandKinds
{
    public const string ReleaseFulfilment = "release-fulfilment";
    public const string CancelFulfilment = "cancel-fulfilment";
    public const string TenderShipment = "tender-shipment";
    public const string PostGoodsIssue = "post-goods-issue";
    public const string CreateInvoice = "create-invoice";
    public const string PostInvoice = "post-invoice";
    public const string UpdateOrderStatus = "update-order-status";

    public static IReadOnlyList<string> All { get; } =
        [ReleaseFulfilment, CancelFulfilment, TenderShipment, PostGoodsIssue, CreateInvoice, PostInvoice, UpdateOrderStatus];

    /// <summary>The role of the connectors that carry it out; null for no kind of ours.</summary>
    public static string? RoleOf(string kind) => kind switch
    {
        ReleaseFulfilment or CancelFulfilment => Roles.Wms,
        TenderShipment => Roles.Tms,
        PostGoodsIssue or PostInvoice or UpdateOrderStatus => Roles.Erp,
        CreateInvoice => Roles.Billing,
        _ => null,
    };

    /// <summary>Those of a role, in the order of the contract.</summary>
    public static IReadOnlyList<string> OfRole(string role) => [.. All.Where(kind => RoleOf(kind) == role)];

    /// <summary>Whether its commands are about one site; the others are about the order as a whole.</summary>
    public static bool HasSite(string kind) => kind != UpdateOrderStatus;

    /// <summary>Kinds whose attempt is revalidated by Decide in the transaction that records it (I4).</summary>
    public static bool MovesMoney(string kind) => kind is CreateInvoice or PostInvoice;
}

/// <summary>Builds command keys: <c>{kind}:{document}:{slice}/{n}</c>.</summary>
public static class CommandKeys
{
    public static string Series(string kind, string document, string? slice) =>
        slice is null ? $"{kind}:{document}" : $"{kind}:{document}:{slice}";

    public static string Key(string stem, int number) => FormattableString.Invariant($"{stem}/{number}");

    /// <summary>What is the same for every command of one series: the key without its number.</summary>
    public static string SeriesOf(string key) => key.LastIndexOf('/') is > 0 and var slash ? key[..slash] : key;
}

/// <summary>What the tower does with a command it wants, per kind, legal entity and site.</summary>
public enum CommandMode : short
{
    /// <summary>Decide, record and send.</summary>
    Send = 0,

    /// <summary>Decide and record; do not send.</summary>
    Observe = 1,

    /// <summary>The system does it by itself; the tower only expects the fact.</summary>
    Native = 2,
}

/// <summary>Priority class of the outbox: lower goes first.</summary>
public enum CommandPriority : short
{
    Urgent = 0,
    Normal = 5,
    Bulk = 9,
}
