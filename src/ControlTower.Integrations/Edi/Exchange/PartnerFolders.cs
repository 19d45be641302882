using System.Text.Json.Serialization;
using System.Text.Json;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Files;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>What lies in a partner's folder at this moment; null counts where the folder is not there or cannot be read.</summary>
/// <param name="Waiting">Dropped and not taken.</param>
/// <param name="Claimed">Taken and not put away.</param>
/// <param name="ToFetch">Handed over and not fetched.</param>
/// <param name="Refused">Put aside.</param>
/// <param name="LatestRefusals">The last of them with their reasons, newest first.</param>
/// <param name="LastControlNumber">0 for none.</param>
public sealed record PartnerFolder(
    bool IsThere, int Waiting, int Claimed, int ToFetch, int Refused, IReadOnlyList<RefusedFile> LatestRefusals, int LastControlNumber,
    [property: JsonPropertyName("fault")] string? Error = null);

/// <param name="Reason">The text next to the file, cut.</param>
public sealed record RefusedFile(string Name, string Reason);

/// <summary>Looks into partners' folders without touching anything.</summary>
public sealed class PartnerFolders(EdiOptions options, TimeProvider time)
{
    /// <summary>The kind under which partners are registered.</summary>
    public const string Kind = EdiConnectorKind.Name;

    private const int MaxListed = 3;
    private const int LongestReason = 400;

    /// <summary>Reads the connector's settings.</summary>
    public static PartnerProfile ProfileOf(string settings)
    {
        using var json = JsonDocument.Parse(settings);
        return PartnerProfile.Parse(json.RootElement);
    }

    public PartnerFolder Read(PartnerProfile profile)
    {
        try
        {
            var folder = EdiConnectorKind.FolderOf(options.Root ?? "", profile, time);
            if (options.Root is not { Length: > 0 } || !Directory.Exists(folder.Root))
            {
                return new PartnerFolder(false, 0, 0, 0, 0, [], 0);
            }

            var refused = Files(folder.Refused).Where(name => !name.EndsWith(".reason.txt", StringComparison.Ordinal))
                .OrderDescending(StringComparer.Ordinal).ToList();
            var numbers = new ControlNumbers(Path.Combine(folder.State, "control-numbers"), profile.FirstControlNumber, time);
            return new PartnerFolder(
                true, folder.Waiting(), Files(folder.Work).Count(), Files(folder.Out).Count(), refused.Count,
                [.. refused.Take(MaxListed).Select(name => new RefusedFile(name, ReasonOf(Path.Combine(folder.Refused, name))))],
                numbers.Last());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new PartnerFolder(false, 0, 0, 0, 0, [], 0, error.Message);
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!) : [];

    private static string ReasonOf(string path)
    {
        var beside = $"{path}.reason.txt";
        var text = File.Exists(beside) ? File.ReadAllText(beside).Trim() : "No reason is stored with it.";
        return text.Length > LongestReason ? $"{text[..LongestReason]}…" : text;
    }
}
