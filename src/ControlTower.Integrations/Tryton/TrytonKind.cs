using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Tryton.Documents;
using ControlTower.Integrations.Tryton.Polling;
using ControlTower.Integrations.Tryton.Rpc;
using ControlTower.Integrations.Tryton.Translation;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Tryton;

/// <summary>Tryton as ERP, warehouse or billing: one registered connector for each role it plays.</summary>
internal sealed class TrytonKind(
    ConnectorHttp http, ConnectorSecrets secrets, TowerClocks clocks, IOptions<PipelineOptions> options, Func<double> random)
        : IConnectorKind
{
    public const string Name = "tryton";
    private const string Password = "password";

    private static readonly ConnectorKindInfo Info = new()
    {
        Kind = Name,
        Title = "Tryton",
        About = "Sales, customer shipments and customer invoices of a Tryton server, over JSON-RPC. Register it once for each role it "
            + "plays, on the same address.",
        Verified = "verified against Tryton 6.0",
        Roles = [Roles.Erp, Roles.Wms, Roles.Billing],
        BaseUrlHelp = "The server with its database: https://tryton.example/database",
        Polls = true,
        Sends = true,
        UnknownOutcome = UnknownOutcomePolicy.LookupFirst,
        Settings =
        [
            new SettingInfo("user", "User", SettingType.Text, Required: true,
                Help: "Whom the tower signs in as: groups Sales, Stock and Account."),
            new SettingInfo("company", "Company", SettingType.Whole, Help: "Record number of the company.", Default: "1"),
            new SettingInfo("legalEntity", "Legal entity", SettingType.Text, Help: "The legal entity of its orders.",
                Default: "the company's number"),
            new SettingInfo(
                "drives", "Release drives to", SettingType.Choice,
                Help: "How far a release takes a shipment; the warehouse's people do the rest.",
                Choices: ["wait", "assign", "pick", "pack", "done"], Default: "assign"),
            new SettingInfo("acceptWarnings", "Warnings to accept", SettingType.Texts,
                Help: "Beginnings of the names of warnings that the tower answers with yes.", Default: "none"),
            new SettingInfo("overlapSeconds", "Overlap in seconds", SettingType.Whole,
                Help: "How far behind its watermark a poll looks. 0 to 3600.", Default: "120"),
            new SettingInfo("pageSize", "Records a page", SettingType.Whole, Help: "1 to 1000.", Default: "100"),
            new SettingInfo("since", "Nothing before", SettingType.Text, Help: "A time such as 2026-01-01T00:00:00Z.",
                Default: "everything"),
            new SettingInfo("stageNotes", "Note the stage at the sale", SettingType.Flag, Default: "no"),
            new SettingInfo("erp", "Connector of the orders", SettingType.Text, Help: "Where several systems count alike.",
                Default: "found by the number"),
            new SettingInfo("wms", "Connector of the shipments", SettingType.Text, Help: "Where several systems count alike.",
                Default: "found by the number"),
            new SettingInfo("billing", "Connector of the invoices", SettingType.Text, Help: "Where several systems count alike.",
                Default: "found by the number"),
        ],
        Credentials = [new CredentialInfo(Password, "Password", Required: true)],
        Schemes = [new CodeSchemeInfo("tryton.uom", "Units of measure", [])],
    };

    private readonly TrytonTranslator _translator = new();

    public string Kind => Name;

    public IEventTranslator Translator => _translator;

    public IReadOnlyList<CodeSeed> Codes { get; } = CodeSeeds.Read(typeof(TrytonKind), "tryton-codes.csv");

    public ConnectorKindInfo Describe() => Info;

    public IReadOnlyList<SettingError> FindErrors(JsonElement settings, IReadOnlySet<string> credentials)
    {
        var errors = new List<SettingError>();
        TrytonSettings.Read(settings, (field, sentence) => errors.Add(new SettingError($"settings.{field}", sentence)));
        return errors;
    }

    public IConnectorChannel Open(ConnectorRecord connector)
    {
        var settings = TrytonSettings.Read(connector.Settings);
        var pace = options.Value.For(connector);
        var client = new TrytonClient(
            http, connector.BaseUrl, settings.User, secrets.CredentialsOf(connector).Find(Password) ?? "", settings.Company, clocks.System);
        var poll = new TrytonPoll(client, settings, new DocumentReader(client, settings, connector.Name, connector.Role), connector.Role);
        return new TrytonChannel(
            client, poll, new TrytonTest(client, settings, connector.Role), settings, new ConnectorPipeline(pace, clocks.System, random),
            pace);
    }
}
