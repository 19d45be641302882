using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>
/// A kind of system with the reports of its systems, in the order of the flow; a kind without reports is included.
/// </summary>
/// <param name="Refused">The tower's commands that it rejected, where none was requested again since.</param>
internal sealed record TruthColumn(string Title, string Icon, IReadOnlyList<TruthRow> Rows, IReadOnlyList<CommandItem> Refused)
{
    public bool Differs => Rows.Any(row => row.Differs);

    public bool IsSilent => Rows.Count == 0 && Refused.Count == 0;

    public static IReadOnlyList<TruthColumn> For(IReadOnlyList<TruthRow> rows, IReadOnlyList<CommandItem> commands)
    {
        var refused = commands.GroupBy(command => CommandKeys.SeriesOf(command.Key), StringComparer.Ordinal)
            .Select(asked => asked.MaxBy(command => command.Id)!).Where(command => command.State == CommandState.Rejected).ToList();
        return
        [
            Make("ERP", "account_balance", rows, refused, Roles.Erp),
            Make("WMS", "warehouse", rows, refused, Roles.Wms),
            Make("TMS and carriers", "local_shipping", rows, refused, Roles.Tms, Roles.Carrier),
            Make("Billing", "receipt_long", rows, refused, Roles.Billing),
        ];
    }

    private static TruthColumn Make(
        string title, string icon, IReadOnlyList<TruthRow> rows, List<CommandItem> refused, params string[] roles) => new(
        title,
        icon,
        [.. rows.Where(row => roles.Contains(row.Role, StringComparer.Ordinal)).OrderBy(row => row.System, StringComparer.Ordinal)],
        [.. refused.Where(command => roles.Contains(CommandKinds.RoleOf(command.Kind), StringComparer.Ordinal))
            .OrderBy(command => command.Id)]);
}
