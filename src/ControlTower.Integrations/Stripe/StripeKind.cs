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

namespace ControlTower.Integrations.Stripe;

/// <summary>Kind <c>stripe</c>: invoices by Stripe Billing.</summary>
internal sealed class StripeKind(
    ConnectorHttp http, ConnectorSecrets secrets, TowerClocks clocks, IOptions<PipelineOptions> options, Func<double> random)
    : IConnectorKind
{
    public const string Name = "stripe";
    public const string ApiKey = "apiKey";
    public const string WebhookSecret = "webhookSecret";

    internal static readonly ConnectorKindInfo Info = new()
    {
        Kind = Name,
        Title = "Stripe",
        About = "Makes and finalises invoices in Stripe. Needs a secret or restricted key, customers that carry their number of the ERP "
            + "in their metadata, and for webhooks an endpoint's signing secret.",
        Verified = "verified against recorded bodies only",
        Roles = [Roles.Billing],
        BaseUrlHelp = "https://api.stripe.com",
        Polls = true,
        Webhooks = true,
        Sends = true,
        UnknownOutcome = UnknownOutcomePolicy.NativeKey,
        Settings = StripeSettings.Infos,
        Credentials =
        [
            new CredentialInfo(ApiKey, "API key", Required: true,
                Help: "sk_… or rk_… with the rights that docs/connectors/stripe.md lists."),
            new CredentialInfo(WebhookSecret, "Webhook signing secret",
                Help: "whsec_… of the endpoint, as Stripe shows it; without it no webhook is taken."),
        ],
        Schemes = [new CodeSchemeInfo(StripeErrors.Scheme, "Error codes", [.. ReasonCodes.All.Select(reason => reason.Code)])],
    };

    public string Kind => Name;

    public IEventTranslator Translator { get; } = new StripeTranslator();

    public IInboundReceiver Receiver { get; } = new StripeReceiver();

    public IReadOnlyList<CodeSeed> Codes => StripeErrors.Seeds;

    public ConnectorKindInfo Describe() => Info;

    public IReadOnlyList<SettingError> FindErrors(JsonElement settings, IReadOnlySet<string> credentials) =>
        StripeSettings.Parse(settings).Validate();

    public IConnectorChannel Open(ConnectorRecord connector)
    {
        var limits = options.Value.For(connector);
        var pipeline = new ConnectorPipeline(limits, clocks.System, random);
        using var settings = JsonDocument.Parse(connector.Settings);
        var key = secrets.CredentialsOf(connector).Find(ApiKey) ?? "";
        var api = new JsonApi(http, connector.BaseUrl, [("Authorization", $"Bearer {key}"), ("Stripe-Version", StripeApi.Version)],
            clocks.System, pipeline.Apply);
        return new StripeChannel(new StripeApi(api), pipeline, limits, StripeSettings.Parse(settings.RootElement), clocks);
    }
}
