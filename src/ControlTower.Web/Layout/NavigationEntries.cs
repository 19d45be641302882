using ControlTower.Web.Identity;

namespace ControlTower.Web.Layout;

/// <param name="Right">One of <see cref="Rights"/>: who has the page in their navigation.</param>
internal sealed record NavigationEntry(string Href, string Text, string Icon, string Right);

/// <summary>The pages, in the order they are worked with.</summary>
internal static class NavigationEntries
{
    public static IReadOnlyList<NavigationEntry> All { get; } =
    [
        new("", "Tower", "cell_tower", Rights.SignedIn),
        new("transactions", "Transactions", "conversion_path", Rights.SignedIn),
        new("shipments", "Shipments", "local_shipping", Rights.SignedIn),
        new("exceptions", "Exceptions", "notification_important", Rights.SignedIn),
        new("approvals", "Approvals", "approval", Rights.SeeApprovals),
        new("connectors", "Connectors", "hub", Rights.SeeConnectors),
        new("partners", "Partners", "handshake", Rights.SeeConnectors),
        new("audit", "Audit", "policy", Rights.SeeAudit),
    ];
}
