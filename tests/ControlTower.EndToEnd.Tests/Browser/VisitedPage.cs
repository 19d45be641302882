namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>What the pages about one thing are about.</summary>
internal sealed record PageSubjects(string Order, long Case, long Approval, string Connector);

/// <summary>A page as a test visits it.</summary>
/// <param name="Route">The page's own route.</param>
/// <param name="Person">Whose work it is; null for a page that is shown without signing in.</param>
/// <param name="Address">Path and query.</param>
internal sealed record VisitedPage(string Route, string Name, string? Person, Func<PageSubjects, string> Address)
{
    /// <summary>Every page of the tower. One that is missing here fails <see cref="EveryPageTests"/>.</summary>
    public static IReadOnlyList<VisitedPage> All { get; } =
    [
        new("/", "tower", "finance2", _ => "/"),
        new("/transactions", "transactions", "auditor", _ => "/transactions"),
        new("/transactions/{Key}", "transaction", "coordinator", about => $"/transactions/{Uri.EscapeDataString(about.Order)}"),
        new("/shipments", "shipments", "coordinator", _ => "/shipments"),
        new("/exceptions", "exceptions", "supervisor.east", _ => "/exceptions"),
        new("/exceptions/{Id:long}", "exception", "supervisor.east", about => $"/exceptions/{about.Case}"),
        new("/approvals", "approvals", "finance2", _ => "/approvals"),
        new("/approvals/{Id:long}", "approval", "finance2", about => $"/approvals/{about.Approval}"),
        new("/connectors", "connectors", "operator", _ => "/connectors"),
        new("/connectors/{Name}", "connector", "operator", about => $"/connectors/{about.Connector}"),
        new("/connectors/{Name}/edit", "connector-edit", "admin", about => $"/connectors/{about.Connector}/edit"),
        new("/connectors/new", "connector-new", "admin", _ => "/connectors/new"),
        new("/partners", "partners", "operator", _ => "/partners"),
        new("/audit", "audit", "auditor", _ => "/audit"),
        new("/not-found", "not-found", "auditor", _ => "/not-found"),
        new("/not-allowed", "not-allowed", "auditor", _ => "/not-allowed"),
        new("/sign-in", "sign-in", null, _ => "/sign-in"),
        new("/sign-out", "sign-out", null, _ => "/sign-out"),
        new("/error", "error", null, _ => "/error"),
    ];

    public static VisitedPage Named(string name) => All.Single(page => page.Name == name);
}
