using System.Text;
using ControlTower.Integrations.Http;

namespace ControlTower.Integrations.EasyPost;

/// <summary>
/// Verifies EasyPost's webhooks: <c>X-Hmac-Signature: hmac-sha256-hex={hex}</c>, HMAC-SHA256 over the raw body, keyed
/// with the webhook's secret in Unicode form NFKD, UTF-8. The signature carries no time, so an old event can be
/// reported again; it is then a duplicate by its content. Source: the vendor's client libraries (easypost-csharp,
/// WebhookService) and their published test vector.
/// </summary>
internal static class EasyPostSignature
{
    public const string Header = "X-Hmac-Signature";
    private const string Scheme = "hmac-sha256-hex=";

    /// <summary>Whether the header was made with one of the secrets over exactly these bytes.</summary>
    public static bool Verify(IReadOnlyList<string> secrets, string? header, ReadOnlySpan<byte> body)
    {
        if (header is null || !header.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var secret in secrets)
        {
            if (secret.Length > 0 && Mac.Matches(header.AsSpan(Scheme.Length), Mac.Hex(KeyOf(secret), default, body)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The header's value.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> body) =>
        Scheme + Encoding.ASCII.GetString(Mac.Hex(KeyOf(secret), default, body));

    private static byte[] KeyOf(string secret) => Encoding.UTF8.GetBytes(secret.Normalize(NormalizationForm.FormKD));
}
