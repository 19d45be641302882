namespace ControlTower.Web.Features.SignIn;

/// <summary>Section <c>Sandbox</c>.</summary>
internal sealed record SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>
    /// Whether the sign-in page lists the demo accounts, without passwords. For the sandbox, never for production;
    /// <c>./run</c> sets it.
    /// </summary>
    public bool ShowAccounts { get; init; }
}
