using System.Globalization;
using ControlTower.Sandbox.Outgoing;
using ControlTower.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Sandbox.Hosting;

/// <summary>
/// Facts for the tower's polls: <c>GET /events?after={cursor}&amp;limit=500</c>, signed over an empty body.
/// </summary>
internal sealed class FeedEndpoint(PollOutlet feed, string secret, TimeProvider system)
{
    public async Task Page(HttpContext http)
    {
        if (!http.Request.SignedWith(secret, [], system.GetUtcNow()))
        {
            await http.Response.Write(Answer.Rejected(
                "UNAUTHORISED", "The signature does not verify", "Sign the empty body with the outbound secret.", 401));
            return;
        }

        if (!TryLimit(http.Request.Query["limit"].ToString(), out var limit))
        {
            await http.Response.Write(Answer.Rejected(
                "SCHEMA_INVALID", "The limit is out of range", $"Give 1 to {PollOutlet.MostPerPage}.", 400));
            return;
        }

        var page = await feed.Page(http.Request.Query["after"], limit);
        await (page is null
            ? http.Response.Write(Answer.Rejected("SCHEMA_INVALID", "Unknown cursor", "Continue after a cursor that was given here.", 400))
            : http.Response.Write(200, page));
    }

    private static bool TryLimit(string text, out int limit)
    {
        limit = PollOutlet.MostPerPage;
        return text.Length == 0
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && limit is >= 1 and <= PollOutlet.MostPerPage);
    }
}
