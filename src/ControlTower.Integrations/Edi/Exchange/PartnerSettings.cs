using ControlTower.Core.Connectors.Kinds;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>A partner's profile as fields of the registration form.</summary>
internal static class PartnerSettings
{
    public static IReadOnlyList<SettingInfo> All { get; } =
    [
        new("folder", "Folder", SettingType.Text, Required: true, "Below the partners' root; in, out and the others are made in it."),
        new("ourQualifier", "Our qualifier", SettingType.Text, Help: "ISA05 of what we write, ISA07 of what we get.", Default: "ZZ"),
        new("ourId", "Our id", SettingType.Text, Required: true, "As written in ISA, or in UNB."),
        new("partnerQualifier", "Partner's qualifier", SettingType.Text, Default: "ZZ"),
        new("partnerId", "Partner's id", SettingType.Text, Required: true),
        new("ourGroupId", "Our id in groups", SettingType.Text, Help: "GS02 of what we write.", Default: "our id"),
        new("partnerGroupId", "Partner's id in groups", SettingType.Text, Help: "GS03 of what we write.", Default: "the partner's id"),
        new("versions", "Versions taken", SettingType.Texts, Help: "004010, 004030 and 005010.", Default: "all of them"),
        new("version", "Version written", SettingType.Choice, Choices: X12Releases.All, Default: "004010"),
        new("sets", "Documents taken", SettingType.Texts, Help: "850, 860, 945, 944, 947, 214, 990, 210, 997, ORDRSP, IFTSTA, DESADV.",
            Default: "all of them"),
        new("strict", "Strict", SettingType.Flag,
            Help: "Refuse wrong counts, numbers that differ, odd padding and element errors; otherwise take and report them.",
            Default: "true"),
        new("acknowledge", "Acknowledge by", SettingType.Choice, Help: "EDIFACT is answered by CONTRL unless by none.",
            Choices: ["997", "997+TA1", "none"], Default: "997"),
        new("acknowledgedWithinHours", "Acknowledged within", SettingType.Whole,
            Help: "Hours until what we sent and no 997 answers is an exception; 0 waits for none.", Default: "24"),
        new("usage", "Usage", SettingType.Choice, Help: "ISA15: production or test.", Choices: ["P", "T"], Default: "P"),
        new("separators", "Separators written", SettingType.Text, Help: "For elements, components and segments.", Default: "*>~"),
        new("lineBreaks", "Line breaks after segments", SettingType.Flag, Default: "true"),
        new("stableSeconds", "Seconds of rest", SettingType.Whole, Help: "A file is taken once its size and time are stable for so long.",
            Default: "10"),
        new("temporarySuffixes", "Endings of unfinished files", SettingType.Texts, Default: ".tmp, .part, .filepart"),
        new("firstControlNumber", "First control number", SettingType.Whole, Help: "Where a system before this one left off, plus one.",
            Default: "1"),
        new("legalEntity", "Legal entity", SettingType.Text, Help: "Of orders that the partner places."),
        new("site", "Site", SettingType.Text, Help: "Where a document names none."),
        new("currency", "Currency", SettingType.Text, Help: "Where a document names none."),
        new("itemQualifiers", "Product ids", SettingType.Texts,
            Help: "Which of a line's ids is our item number, best first (element 235).", Default: "VP, VN, SK, BP, UP, EN, IN"),
        new("timeZone", "Time zone", SettingType.Text, Help: "IANA name; of times that come without one.", Default: "UTC"),
        new("lineNumbers", "Line numbers in a 945", SettingType.Choice, Help: "LI: N9*LI as our 940 gave it. LX: the loop's own number.",
            Choices: ["LI", "LX"], Default: "LI"),
        new("scac", "SCAC", SettingType.Text, Help: "The carrier of a 204 where the order names none."),
    ];

    public static IReadOnlyList<CodeSchemeInfo> Schemes { get; } =
    [
        new("x12.1650", "Shipment status (AT701)", []),
        new("x12.1652", "Appointment status (AT703)", []),
        new("x12.558", "Answer to a tender (B104)", ["shipment.accepted", "shipment.declined", "ignore"]),
        new("x12.368", "Rest of a line (W1201)", ["complete", "cancel", "backorder", "substitute"]),
        new("unece.rec24", "Transport status (STS)", []),
        new("edifact.1001", "Document name (BGM)", ["order response", "despatch advice", "transport status"]),
    ];
}
