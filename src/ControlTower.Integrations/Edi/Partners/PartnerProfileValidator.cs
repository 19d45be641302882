using System.Text.Json;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Partners;

/// <summary>What is wrong with a partner's profile, one sentence for each error.</summary>
internal static class PartnerProfileValidator
{
    private static readonly string[] Qualifiers = [
        "01", "02", "03", "04", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "27", "28", "29", "30",
        "33", "34", "ZZ"];

    /// <param name="hasRoot">Whether a root folder for partners is configured.</param>
    public static IReadOnlyList<SettingError> Validate(JsonElement settings, bool hasRoot)
    {
        var profile = PartnerProfile.Parse(settings);
        return [.. Address(profile, hasRoot), .. Documents(profile), .. Writing(profile)];
    }

    private static IEnumerable<SettingError> Address(PartnerProfile profile, bool hasRoot)
    {
        if (!hasRoot)
        {
            yield return Error("folder", "No root folder for partners is configured (Connectors:Edi:Root).");
        }

        if (profile.Folder.Split('/').Any(part => part.Length is 0 or > 64 || part[0] == '.'
            || !part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')))
        {
            yield return Error("folder", "It must be a folder's name below the partners' root, of letters, digits, '-', '_', '.' and '/'.");
        }

        foreach (var (field, id) in new[] { ("ourId", profile.OurId), ("partnerId", profile.PartnerId) })
        {
            if (id.Length is 0 or > 15 || id.Trim() != id || id.Any(letter => letter is < ' ' or > '~')
                || id.Any(letter => profile.Separators.Contains(letter, StringComparison.Ordinal)))
            {
                yield return Error(field, "It must be 1 to 15 printable characters without the separators, as written in ISA.");
            }
        }

        foreach (var (field, qualifier) in new[] { ("ourQualifier", profile.OurQualifier), ("partnerQualifier", profile.PartnerQualifier) })
        {
            if (!Qualifiers.Contains(qualifier))
            {
                yield return Error(field, $"{qualifier} is no interchange id qualifier (element I05).");
            }
        }
    }

    private static IEnumerable<SettingError> Documents(PartnerProfile profile)
    {
        if (profile.Versions.Count == 0 || profile.Versions.Any(version => !X12Releases.All.Contains(version)))
        {
            yield return Error("versions", $"{string.Join(", ", X12Releases.All)} are read.");
        }

        if (profile.Sets.Where(set => !PartnerProfile.AllSets.Contains(set)).ToList() is { Count: > 0 } unknown)
        {
            yield return Error("sets", $"{string.Join(", ", unknown)} is not read; sets are {string.Join(", ", PartnerProfile.AllSets)}.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(profile.TimeZone, out _))
        {
            yield return Error("timeZone", $"There is no time zone {profile.TimeZone}.");
        }

        if (profile.Currency is { } currency && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)))
        {
            yield return Error("currency", "It must be an ISO 4217 code such as EUR.");
        }

        if (profile.Scac is { } scac && (scac.Length is < 2 or > 4 || !scac.All(char.IsAsciiLetterUpper)))
        {
            yield return Error("scac", "A SCAC has two to four capital letters.");
        }
    }

    private static IEnumerable<SettingError> Writing(PartnerProfile profile)
    {
        if (profile.Separators.Length != 3 || profile.Separators.Any(letter => letter > '~') || profile.Delimiters.FindError() is not null)
        {
            yield return Error("separators",
                "It must be three different characters that are no letters and no digits: for elements, components and segments.");
        }

        if (profile.StableSeconds is < 0 or > 3600)
        {
            yield return Error("stableSeconds", "It must be 0 to 3600 seconds.");
        }

        if (profile.AcknowledgedWithinHours is < 0 or > 720)
        {
            yield return Error("acknowledgedWithinHours", "It must be 0 to 720 hours.");
        }

        if (profile.FirstControlNumber is < 1 or > 999_999_999)
        {
            yield return Error("firstControlNumber", "It must be 1 to 999999999.");
        }
    }

    private static SettingError Error(string field, string sentence) => new($"settings.{field}", sentence);
}
