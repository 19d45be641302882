using System.Text.Json;
using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Partners;

/// <summary>What was agreed with one trading partner: the connector's settings, typed.</summary>
public sealed record PartnerProfile
{
    private const string Repetitions = "^!|&";

    /// <summary>Below the configured root: relative, so that no registration reaches other files.</summary>
    public string Folder { get; init; } = "";

    public string OurId { get; init; } = "";

    public string OurQualifier { get; init; } = "ZZ";

    public string PartnerId { get; init; } = "";

    public string PartnerQualifier { get; init; } = "ZZ";

    /// <summary>GS02 and GS03 of what we write; the interchange's ids when left out.</summary>
    public string? OurGroupId { get; init; }

    public string? PartnerGroupId { get; init; }

    /// <summary>GS08 as it may begin.</summary>
    public IReadOnlyList<string> Versions { get; init; } = X12Releases.All;

    /// <summary>GS08 of what we write.</summary>
    public string Version { get; init; } = X12Releases.V4010;

    /// <summary>X12 sets and EDIFACT messages that are taken.</summary>
    public IReadOnlyList<string> Sets { get; init; } = AllSets;

    public bool Strict { get; init; } = true;

    /// <summary>997, 997+TA1 or none.</summary>
    public string Acknowledge { get; init; } = "997";

    /// <summary>Within how many hours the partner acknowledges what we send by 997; 0 where it does not.</summary>
    public int AcknowledgedWithinHours { get; init; } = 24;

    /// <summary>ISA15 of what we write: P or T.</summary>
    public string Usage { get; init; } = "P";

    /// <summary>Element, component and segment separator of what we write.</summary>
    public string Separators { get; init; } = "*>~";

    public bool LineBreaks { get; init; } = true;

    /// <summary>A file is taken once its size and time do not change for so long; 0 takes at once.</summary>
    public int StableSeconds { get; init; } = 10;

    /// <summary>Endings of files that are still being written.</summary>
    public IReadOnlyList<string> TemporarySuffixes { get; init; } = [".tmp", ".part", ".filepart"];

    public int FirstControlNumber { get; init; } = 1;

    /// <summary>Of orders that the partner places.</summary>
    public string? LegalEntity { get; init; }

    public string? Site { get; init; }

    public string? Currency { get; init; }

    /// <summary>Which product id of a line is our item number, best first (element 235).</summary>
    public IReadOnlyList<string> ItemQualifiers { get; init; } = ["VP", "VN", "SK", "BP", "UP", "EN", "IN"];

    /// <summary>IANA zone of times that come without one.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Where a line's number is: LI for N9*LI, LX for the loop's own number.</summary>
    public string LineNumbers { get; init; } = "LI";

    /// <summary>The carrier's code in a 204, where the order names none.</summary>
    public string? Scac { get; init; }

    public static IReadOnlyList<string> AllSets { get; } = [
        "850", "860", "945", "944", "947", "214", "990", "210", "997", "ORDRSP", "IFTSTA", "DESADV"];

    /// <summary>The rules interchanges of this partner are validated by.</summary>
    internal X12Rules X12 => new()
    {
        Strict = Strict, Versions = Versions, Sets = [.. Sets], Sender = PartnerId, SenderQualifier = PartnerQualifier, Receiver = OurId,
        ReceiverQualifier = OurQualifier,
    };

    internal EdifactRules Edifact => new() { Strict = Strict, Messages = [.. Sets], Sender = PartnerId, Receiver = OurId };

    internal X12Delimiters Delimiters => Separators.Length == 3 ? new(
        (byte)Separators[0], (byte)Separators[1], (byte)Separators[2]) : X12Delimiters.Usual;

    /// <summary>
    /// What is written in that release: 5010 has a separator of repetitions, the first usual one that is not among the
    /// others.
    /// </summary>
    internal X12Delimiters DelimitersFor(string release) => X12Releases.WritesRepetition(release)
        ? Delimiters with { Repetition = (byte)Repetitions.First(mark => !Separators.Contains(mark, StringComparison.Ordinal)) }
        : Delimiters;

    internal TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Reads settings of the right types; what is left out has its default.</summary>
    public static PartnerProfile Parse(JsonElement settings) => settings.Deserialize<PartnerProfile>(Json) ?? new PartnerProfile();

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
}
