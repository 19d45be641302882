using ControlTower.Core.Kernel;
using Microsoft.AspNetCore.Authorization;

namespace ControlTower.Web.Identity;

/// <summary>
/// Who may open what: the outer authorization, in one place. The inner one (scopes, limits, dual control) is checked
/// where the action is done, in Core.
/// </summary>
public static class Rights
{
    /// <summary>A person or a key.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>A signed-in person; a key is refused.</summary>
    public const string Person = "person";

    /// <summary>Configures connectors, modes, keys and users.</summary>
    public const string Administer = "administer";

    /// <summary>Pauses, resumes and tests connectors.</summary>
    public const string OperateConnectors = "operate-connectors";

    /// <summary>Polls connectors, a coordinator those of transport alone.</summary>
    public const string PollConnectors = "poll-connectors";

    /// <summary>Sees connectors.</summary>
    public const string SeeConnectors = "see-connectors";

    /// <summary>Sees the audit chain.</summary>
    public const string SeeAudit = "see-audit";

    /// <summary>Sees approvals.</summary>
    public const string SeeApprovals = "see-approvals";

    private static readonly string[] Operators = [TowerRoles.IntegrationOperator, TowerRoles.Administrator];

    private static readonly string[] ConnectorReaders =
        [.. Operators, TowerRoles.Auditor, TowerRoles.WarehouseSupervisor, TowerRoles.LogisticsCoordinator];

    /// <summary>Whether they hold <see cref="SeeConnectors"/>.</summary>
    internal static bool MaySeeConnectors(Actor actor) => ConnectorReaders.Any(actor.Is);

    /// <summary>Whether they hold <see cref="OperateConnectors"/>.</summary>
    internal static bool MayOperateConnectors(Actor actor) => Operators.Any(actor.Is);

    internal static void Configure(AuthorizationOptions options)
    {
        var signedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim(TowerClaims.Kind).Build();
        options.FallbackPolicy = signedIn;
        options.DefaultPolicy = signedIn;
        options.AddPolicy(SignedIn, signedIn);
        options.AddPolicy(Person, policy => policy.Combine(signedIn).RequireClaim(TowerClaims.Kind, Actor.Person));
        Roles(Administer, TowerRoles.Administrator);
        Roles(OperateConnectors, Operators);
        Roles(PollConnectors, [.. Operators, TowerRoles.LogisticsCoordinator]);
        Roles(SeeConnectors, ConnectorReaders);
        Roles(SeeAudit, TowerRoles.Auditor, TowerRoles.Administrator, TowerRoles.FinanceApprover, TowerRoles.IntegrationOperator);
        Roles(SeeApprovals, [.. TowerRoles.All]);

        void Roles(string name, params string[] roles) => options.AddPolicy(name, policy => policy.Combine(signedIn).RequireRole(roles));
    }
}
