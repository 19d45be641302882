using System.Text;
using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Receiving;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Integrations.Http;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.EasyPost;

/// <summary>Kind <c>easypost</c>: tracking of parcels of many carriers, by webhooks and by polling.</summary>
internal sealed class EasyPostKind(
    ConnectorHttp http, ConnectorSecrets secrets, TowerClocks clocks, IOptions<PipelineOptions> options, Func<double> random)
    : IConnectorKind
{
    public const string Name = "easypost";
    public const string ApiKey = "apiKey";
    public const string WebhookSecret = "webhookSecret";
    private const int DefaultDays = 30;

    internal static readonly ConnectorKindInfo Info = new()
    {
        Kind = Name,
        Title = "EasyPost",
        About = "Tracking of parcels of many carriers. Needs an API key, and for webhooks a webhook with a secret; whoever buys the "
            + "labels makes the trackers.",
        Verified = "verified against recorded bodies only",
        Roles = [Roles.Carrier, Roles.Tms],
        BaseUrlHelp = "https://api.easypost.com",
        Polls = true,
        Webhooks = true,
        Settings = [new SettingInfo("days", "Days compared", SettingType.Whole,
            Help: "Trackers created in this many days are compared at each poll, 1 to 90.", Default: "30")],
        Credentials =
        [
            new CredentialInfo(ApiKey, "API key", Required: true),
            new CredentialInfo(WebhookSecret, "Webhook secret",
                Help: "As entered when the webhook was made; without it no webhook is taken."),
        ],
        Schemes = [new CodeSchemeInfo(EasyPostCodes.Scheme, "Tracking status / detail",
            [.. EasyPostCodes.Seeds.Select(seed => seed.Meaning).Distinct().Order(StringComparer.Ordinal)])],
    };

    public string Kind => Name;

    public IEventTranslator Translator { get; } = new TrackerTranslator();

    public IInboundReceiver Receiver { get; } = new EasyPostReceiver();

    public IReadOnlyList<CodeSeed> Codes => EasyPostCodes.Seeds;

    public ConnectorKindInfo Describe() => Info;

    public IReadOnlyList<SettingError> FindErrors(JsonElement settings, IReadOnlySet<string> credentials) =>
        Days(settings) is >= 1 and <= 90 ? [] : [new SettingError("settings.days", "It must be 1 to 90 days.")];

    public IConnectorChannel Open(ConnectorRecord connector)
    {
        var limits = options.Value.For(connector);
        var pipeline = new ConnectorPipeline(limits, clocks.System, random);
        using var settings = JsonDocument.Parse(connector.Settings);
        var key = secrets.CredentialsOf(connector).Find(ApiKey) ?? "";
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":"));
        var api = new JsonApi(http, connector.BaseUrl, [("Authorization", $"Basic {basic}")], clocks.System, pipeline.Apply);
        var rest = TimeSpan.FromSeconds(connector.PollSeconds / 2.0);
        return new EasyPostChannel(api, pipeline, limits, Days(settings.RootElement), rest, clocks.System);
    }

    private static int Days(JsonElement settings) =>
        settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty("days", out var days)
            && days.ValueKind == JsonValueKind.Number
            ? days.TryGetInt32(out var number) ? number : 0
            : DefaultDays;
}
