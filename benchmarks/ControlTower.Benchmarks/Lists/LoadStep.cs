namespace ControlTower.Benchmarks.Lists;

/// <summary>A step of <c>load.sql</c>.</summary>
/// <param name="Once">Done as a whole, not by chunks of transactions.</param>
/// <param name="WithEvents">Left out where no events are wanted.</param>
internal sealed record LoadStep(string Name, bool Once, bool WithEvents, string Sql)
{
    private const string Mark = "-- step ";

    public static IReadOnlyList<LoadStep> Read()
    {
        using var stream = typeof(LoadStep).Assembly.GetManifestResourceStream("load.sql")!;
        using var reader = new StreamReader(stream);
        return [.. ("\n" + reader.ReadToEnd()).Split("\n" + Mark).Skip(1).Select(Parse)];
    }

    private static LoadStep Parse(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var words = text[..end].Split(' ');
        return new(words[0], words.Contains("once"), words.Contains("with-events"), text[end..]);
    }
}
