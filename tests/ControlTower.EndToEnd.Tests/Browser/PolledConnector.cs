using System.Security.Cryptography;
using ControlTower.Core.Kernel;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>A carrier that the tower would poll, at an address where nobody answers.</summary>
internal static class PolledConnector
{
    public static async Task RegisterAsync(Chromium chromium, TowerApp tower, string name)
    {
        var admin = await chromium.SignedInAsync(tower, "admin");
        var registered = await admin.APIRequest.PutAsync($"/api/v1/connectors/{name}", new()
        {
            DataObject = new
            {
                kind = "open", role = Roles.Carrier, baseUrl = "http://127.0.0.1:9", poll = true, pollSeconds = 3600,
                inboundSecret = NewSecret(), outboundSecret = NewSecret(),
            },
        });
        registered.Ok.ShouldBeTrue(await registered.TextAsync());
    }

    private static string NewSecret() => "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
