namespace ControlTower.Web.Features.Audit;

/// <summary>Orders of the audit's entries, by the order in which they were recorded.</summary>
public enum AuditSort
{
    Newest,
    Oldest,
}
