namespace ControlTower.Core.Persistence.Adoption;

/// <summary>The SQL files next to this class, which each database has its own of.</summary>
internal static class AdoptionResource
{
    public static string Read(DatabaseProvider provider, string file)
    {
        var name = $"Adoption/{(provider == DatabaseProvider.SqlServer ? "SqlServer" : "Postgres")}/{file}";
        using var stream = typeof(AdoptionResource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
