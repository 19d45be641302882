using System.Text.Json;

namespace ControlTower.Web.Hosting.Setup;

/// <summary>The content of a landscape file: its sites, and its systems as they are registered.</summary>
internal sealed record LandscapeFile(IReadOnlyList<LandscapeSite> Sites, JsonElement Connectors)
{
    /// <exception cref="StartupException">The file cannot be read or is not a landscape.</exception>
    public static LandscapeFile Read(string file)
    {
        try
        {
            var read = JsonSerializer.Deserialize<LandscapeFile>(File.ReadAllBytes(file), JsonSerializerOptions.Web);
            return read is { Sites: not null, Connectors.ValueKind: JsonValueKind.Array } && read.Sites.All(site => site.IsWhole)
                ? read
                : throw new StartupException(
                    $"--landscape: {file} is not a landscape: it needs sites (code, name, timeZone) and connectors.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"--landscape: {file} cannot be read ({error.Message.TrimEnd('.')}); check its name and rights.");
        }
        catch (JsonException error)
        {
            throw new StartupException($"--landscape: {file} is not the JSON of a landscape (line {error.LineNumber + 1}); correct it.");
        }
    }
}

/// <param name="TimeZone">IANA name.</param>
/// <param name="Area">The area of the responsible supervisor: east or west.</param>
internal sealed record LandscapeSite(string Code, string Name, string TimeZone, string? Region, string? LegalEntity, string? Area)
{
    public bool IsWhole => !string.IsNullOrEmpty(Code) && !string.IsNullOrEmpty(Name) && !string.IsNullOrEmpty(TimeZone);
}
