namespace ControlTower.Sandbox.Tests;

/// <summary>The real order lines, outside the repository where they are available.</summary>
internal static class DataCo
{
    /// <summary>The file's path; skips the test with a note when it does not exist.</summary>
    public static string File
    {
        get
        {
            var file = Path.Combine(Root(), "..", "shared", "data", "dataco", "order-lines.csv");
            Assert.SkipUnless(System.IO.File.Exists(file), $"The DataCo order lines are not at {Path.GetFullPath(file)}.");
            return file;
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "ControlTower.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
