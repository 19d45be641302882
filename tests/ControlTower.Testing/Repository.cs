namespace ControlTower.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder with ControlTower.sln: the first one upwards from the test's binaries.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ControlTower.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No ControlTower.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
