namespace ControlTower.Core.Connectors;

/// <summary>Reads a Standard Webhooks secret: <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
public static class WebhookSecret
{
    public const string Prefix = "whsec_";
    public const int MinimumBytes = 24;
    public const int MaximumBytes = 64;

    /// <summary>The key's bytes; false when the text is not such a secret.</summary>
    public static bool TryParse(string? text, out byte[] key)
    {
        key = [];
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64Chars(text.AsSpan(Prefix.Length), buffer, out var length) || length is < MinimumBytes or > MaximumBytes)
        {
            return false;
        }

        key = buffer[..length];
        return true;
    }

    /// <summary>The text form of a key.</summary>
    public static string Format(ReadOnlySpan<byte> key) => Prefix + Convert.ToBase64String(key);
}
