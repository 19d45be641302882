using System.Text.Json;
using ControlTower.Core.Cases;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Files;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>EDI partners over an exchanged folder: one connector for each.</summary>
internal sealed class EdiConnectorKind(
    EdiOptions options, IInterchangeRegister register, IMissingAnswerCases cases, TowerClocks clocks) : IConnectorKind
{
    public const string Name = "edi";

    private static readonly ConnectorKindInfo Info = new()
    {
        Kind = Name,
        Title = "EDI by drop folder",
        About = "X12 and EDIFACT with one trading partner over a folder that a file exchange (AS2, SFTP, VAN) fills and empties.",
        Verified = "verified against recorded files only",
        Roles = [Roles.Erp, Roles.Wms, Roles.Tms, Roles.Carrier, Roles.Billing],
        HasBaseUrl = false,
        Polls = true,
        Sends = true,
        UnknownOutcome = UnknownOutcomePolicy.NativeKey,
        Settings = PartnerSettings.All,
        Schemes = PartnerSettings.Schemes,
    };

    public string Kind => Name;

    public IEventTranslator Translator { get; } = new EdiTranslator();

    public IReadOnlyList<CodeSeed> Codes { get; } = CodeSeeds.Read(typeof(EdiConnectorKind), "edi-codes.csv");

    public ConnectorKindInfo Describe() => Info;

    public IReadOnlyList<SettingError> FindErrors(JsonElement settings, IReadOnlySet<string> credentials) =>
        PartnerProfileValidator.Validate(settings, options.Root is { Length: > 0 });

    public IConnectorChannel Open(ConnectorRecord connector)
    {
        using var settings = JsonDocument.Parse(connector.Settings);
        var profile = PartnerProfile.Parse(settings.RootElement);
        var folder = FolderOf(options.Root ?? "", profile, clocks.System);
        var numbers = new ControlNumbers(Path.Combine(folder.State, "control-numbers"), profile.FirstControlNumber, clocks.System);
        var answers = new AwaitedAnswers(Path.Combine(folder.State, "awaited"), clocks.System);
        var reader = new EdiReader(connector.Name, profile, folder, numbers, answers, register, options.MostMegabytes * 1024L * 1024L);
        return new EdiChannel(reader, profile, folder, numbers, answers,
            new AcknowledgementMonitor(connector.Name, profile, answers, cases, clocks.System));
    }

    internal static DropFolder FolderOf(string root, PartnerProfile profile, TimeProvider time) => new(
        Path.Combine([Path.GetFullPath(root), .. profile.Folder.Split('/')]),
        new DropFolderRules(TimeSpan.FromSeconds(profile.StableSeconds), profile.TemporarySuffixes), time);
}
