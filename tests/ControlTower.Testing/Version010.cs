using ControlTower.Core.Persistence;

namespace ControlTower.Testing;

/// <summary>
/// The schema of version 0.1.0, whose databases are adopted (docs/decisions/015-one-initial-migration.md).
/// </summary>
internal static class Version010
{
    public static TemplateDatabase Template { get; } = new("version_010_template", MakeAsync);

    /// <summary>In an empty database.</summary>
    public static async Task MakeAsync(string connectionString)
    {
        foreach (var batch in Script(TestedDatabase.Provider).Split("\nGO\n"))
        {
            await TestedDatabase.ExecuteAsync(connectionString, batch);
        }
    }

    public static string Script(DatabaseProvider provider)
    {
        var file = $"Version010.{(provider == DatabaseProvider.SqlServer ? "SqlServer" : "Postgres")}.sql";
        using var reader = new StreamReader(typeof(Version010).Assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
