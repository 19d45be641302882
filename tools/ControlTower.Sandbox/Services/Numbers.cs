namespace ControlTower.Sandbox.Services;

/// <summary>
/// Numbers of documents, made from the number of the document they follow: SO-1001 → FO-1001-1 → SH-1001-1-1 →
/// INV-1001-1-1.
/// </summary>
internal static class Numbers
{
    /// <summary>The number without its own prefix: SO-1001 → 1001, 7 → 7.</summary>
    public static string Stem(string number)
    {
        var dash = number.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && number[..dash].All(char.IsAsciiLetterUpper) ? number[(dash + 1)..] : number;
    }

    /// <summary>
    /// The number of a following document; a second one for the same document gets ".2", so that a double effect shows.
    /// </summary>
    /// <param name="before">How many there are for it already.</param>
    public static string After(string prefix, string document, int before) =>
        before == 0 ? $"{prefix}-{Stem(document)}" : $"{prefix}-{Stem(document)}.{before + 1}";
}
