using System.Globalization;
using System.Text;
using ControlTower.Integrations.Http;

namespace ControlTower.Integrations.Stripe;

/// <summary>
/// Verifies Stripe's webhooks: <c>Stripe-Signature: t={unix seconds},v1={hex}[,v1={hex}…]</c>, HMAC-SHA256 over
/// <c>{t}.{raw body}</c>, keyed with the endpoint's secret as it is written, its <c>whsec_</c> included. While a secret
/// is rolled Stripe signs with both. Other schemes (v0) are ignored. Source: docs.stripe.com/webhooks#verify-manually,
/// and the published vector of stripe-dotnet.
/// </summary>
internal static class StripeSignature
{
    public const string Header = "Stripe-Signature";

    /// <summary>How far <c>t</c> may lie from the system clock, either way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const int LongestHeader = 8192;

    /// <summary>
    /// Whether one of the signatures was made with one of the secrets over exactly these bytes, and the time is near
    /// now.
    /// </summary>
    public static bool Verify(IReadOnlyList<string> secrets, string? header, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (header is not { Length: > 0 and <= LongestHeader } || Read(header) is not { } supplied || !IsCurrent(supplied.Time, now))
        {
            return false;
        }

        var prefix = Encoding.ASCII.GetBytes(supplied.Time + ".");
        foreach (var secret in secrets)
        {
            if (secret.Length == 0)
            {
                continue;
            }

            var right = Mac.Hex(Encoding.UTF8.GetBytes(secret), prefix, body);
            foreach (var signature in supplied.Signatures)
            {
                if (Mac.Matches(signature, right))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The header's value, a signature for each secret.</summary>
    public static string Sign(IReadOnlyList<string> secrets, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var header = new StringBuilder($"t={time}");
        foreach (var secret in secrets)
        {
            header.Append(",v1=").Append(Encoding.ASCII.GetString(
                Mac.Hex(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(time + "."), body)));
        }

        return header.ToString();
    }

    private static bool IsCurrent(string time, DateTimeOffset now) =>
        long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) <= (decimal)Tolerance.TotalSeconds;

    private static Given? Read(string header)
    {
        string? time = null;
        var signatures = new List<string>(2);
        foreach (var part in header.Split(','))
        {
            switch (part.Split('=', 2))
            {
                case ["t", var value] when time is null:
                    time = value;
                    break;
                case ["t", _]:
                    return null;
                case ["v1", var value]:
                    signatures.Add(value);
                    break;
            }
        }

        return time is null ? null : new Given(time, signatures);
    }

    private sealed record Given(string Time, IReadOnlyList<string> Signatures);
}
