using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ControlTower.Web.Identity;

/// <summary>
/// Cookies are bound to an address, not to a data folder: a browser sends those of an earlier tower at this address.
/// Those that our keys do not open are removed from the request, so that the caller is anonymous and gets new ones,
/// instead of an error in the log at each request.
/// </summary>
internal sealed class UnreadableCookies(
    RequestDelegate next,
    IDataProtectionProvider protection,
    IOptions<AntiforgeryOptions> antiforgery,
    IOptionsMonitor<CookieAuthenticationOptions> cookies,
    ILogger<UnreadableCookies> log)
{
    /// <summary>Purpose under which the framework protects antiforgery tokens.</summary>
    private const string AntiforgeryPurpose = "Microsoft.AspNetCore.Antiforgery.AntiforgeryToken.v1";

    private readonly IDataProtector _tokens = protection.CreateProtector(AntiforgeryPurpose);

    public Task InvokeAsync(HttpContext context)
    {
        var unreadable = Unreadable(context.Request.Cookies).ToList();
        if (unreadable.Count > 0)
        {
            Remove(context.Request, unreadable);
            log.LogDebug("Cookies that were made under other keys are ignored: {Names}", unreadable);
        }

        return next(context);
    }

    private IEnumerable<string> Unreadable(IRequestCookieCollection sent)
    {
        if (antiforgery.Value.Cookie.Name is { } token && sent[token] is { Length: > 0 } text && !OpensToken(text))
        {
            yield return token;
        }

        // A cookie in several parts is left to the handler, which joins them.
        var session = cookies.Get(IdentityConstants.ApplicationScheme);
        if (sent[IdentityRegistration.CookieName] is { Length: > 0 } ticket && !ticket.StartsWith("chunks-", StringComparison.Ordinal)
            && session.TicketDataFormat.Unprotect(ticket) is null)
        {
            yield return IdentityRegistration.CookieName;
        }
    }

    private bool OpensToken(string text)
    {
        try
        {
            _tokens.Unprotect(WebEncoders.Base64UrlDecode(text));
            return true;
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private static void Remove(HttpRequest request, List<string> names)
    {
        var kept = request.Cookies.Where(cookie => !names.Contains(cookie.Key))
            .Select(cookie => $"{cookie.Key}={Uri.EscapeDataString(cookie.Value)}");
        request.Headers[HeaderNames.Cookie] = string.Join("; ", kept);
    }
}
