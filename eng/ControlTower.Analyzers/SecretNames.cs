namespace ControlTower.Analyzers;

/// <summary>Names by which code calls what must not leak.</summary>
internal static class SecretNames
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "signature", "signatures", "hmac", "mac", "macs", "secret", "secrets", "password", "passwords", "apikey",
    };

    /// <summary>Whether one of the words of a name such as <c>givenSignature</c> or <c>_webhookSecret</c> is among them.</summary>
    public static bool Has(string? name)
    {
        if (name is null)
        {
            return false;
        }

        var previous = "";
        foreach (var word in WordsOf(name))
        {
            if (Words.Contains(word) || Words.Contains(previous + word))
            {
                return true;
            }

            previous = word;
        }

        return false;
    }

    private static IEnumerable<string> WordsOf(string name)
    {
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i == name.Length || name[i] == '_' || (char.IsUpper(name[i]) && !char.IsUpper(name[i - 1])))
            {
                yield return name[start..i].Trim('_');
                start = i;
            }
        }
    }
}
