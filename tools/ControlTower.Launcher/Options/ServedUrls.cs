namespace ControlTower.Launcher.Options;

/// <summary>The addresses of the tower: from the command line, else the environment, else the default.</summary>
public static class ServedUrls
{
    public const string Variable = "Urls";

    /// <summary>Read by ASP.NET Core as well; the plain name comes first, as it does there.</summary>
    private static readonly string[] Variables = [Variable, "ASPNETCORE_URLS", "DOTNET_URLS"];

    /// <exception cref="LaunchException">The environment names no address of this machine.</exception>
    public static LaunchOptions Complete(LaunchOptions options, InheritedEnvironment inherited)
    {
        if (options.Urls is not null)
        {
            return options;
        }

        var named = Variables.FirstOrDefault(name => inherited.Find(name) is not null);
        return options with { Urls = named is null ? LaunchOptions.DefaultUrls : Checked(named, inherited.Find(named)!) };
    }

    private static string Checked(string variable, string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries))
        {
            if (TowerAddress.Parse(url) is null)
            {
                throw new LaunchException(
                    $"The environment variable {variable} holds '{url}', which is no address of this machine: give one such as "
                        + $"{LaunchOptions.DefaultUrls}.");
            }
        }

        return urls;
    }
}
