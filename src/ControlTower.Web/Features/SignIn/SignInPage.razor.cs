using ControlTower.Core.Persistence.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;

namespace ControlTower.Web.Features.SignIn;

/// <summary>Rendered without a circuit: only a response can set a cookie.</summary>
public sealed partial class SignInPage(SignInManager<TowerUser> signIn, NavigationManager navigation)
{
    private string? _refusal;

    [Inject]
    private SandboxOptions Sandbox { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm]
    private Credentials? Input { get; set; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? ReturnUrl { get; set; }

    private async Task SignInAsync()
    {
        if (Input is not { UserName: { Length: > 0 } name, Password: { Length: > 0 } password })
        {
            _refusal = "Type your user name and password.";
            return;
        }

        var result = await signIn.PasswordSignInAsync(name, password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            navigation.NavigateTo(LocalOr(ReturnUrl), forceLoad: true);
            return;
        }

        Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        _refusal = result.IsLockedOut
            ? "Too many tries: this account is locked for five minutes."
            : "User name or password is not right, or the account is disabled.";
    }

    // Only a path of our own: //host and /\host lead elsewhere.
    private static string LocalOr(string? url) =>
        url is ['/', ..] && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Contains('\\') ? url : "/";

    /// <summary>What the form holds.</summary>
    public sealed class Credentials
    {
        public string? UserName { get; set; }

        public string? Password { get; set; }
    }
}
