using ControlTower.Core.Canonical;
using ControlTower.Core.Transactions;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>A kind of system with what its systems say, in the order of the flow; a kind that said nothing is there too.</summary>
internal sealed record TruthColumn(string Title, string Icon, IReadOnlyList<TruthRow> Rows)
{
    public bool Differs => Rows.Any(row => row.Differs);

    public static IReadOnlyList<TruthColumn> Of(IReadOnlyList<TruthRow> rows) =>
    [
        Make("ERP", "account_balance", rows, Roles.Erp),
        Make("WMS", "warehouse", rows, Roles.Wms),
        Make("TMS and carriers", "local_shipping", rows, Roles.Tms, Roles.Carrier),
        Make("Billing", "receipt_long", rows, Roles.Billing),
    ];

    private static TruthColumn Make(string title, string icon, IReadOnlyList<TruthRow> rows, params string[] roles) =>
        new(title, icon, [.. rows.Where(row => roles.Contains(row.Role, StringComparer.Ordinal)).OrderBy(row => row.System, StringComparer.Ordinal)]);
}
