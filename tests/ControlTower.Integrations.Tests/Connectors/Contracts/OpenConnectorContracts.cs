using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Open;
using ControlTower.Integrations.Tests.Open;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Integrations.Tests.Connectors.Contracts;

/// <summary>The open connector passes the contract tests of every kind.</summary>
public sealed class OpenPollContract : PollContract
{
    private protected override IConnectorChannel Open(string baseUrl, PipelineOptions options) => Channels.To(baseUrl, options);

    private protected override Task AnswerWellAsync(HttpContext context) =>
        Partner.JsonAsync(context, 200, $$"""{"events":[{{OpenTranslatorContract.Delivered}}],"next":"c-1"}""");
}

public sealed class OpenSendContract : SendContract
{
    private protected override string? IdempotencyHeader => "Idempotency-Key";

    private protected override IConnectorChannel Open(string baseUrl, PipelineOptions options) => Channels.To(baseUrl, options);

    private protected override CommandEnvelope Command(Func<bool>? mayWrite = null) => Channels.Command(mayWrite: mayWrite);

    private protected override Task AnswerWellAsync(HttpContext context) => Partner.JsonAsync(context, 200, """{"externalId":"X-1"}""");
}

public sealed class OpenTranslatorContract : TranslatorContract
{
    internal const string Delivered = """
        {"specversion":"1.0","id":"e-1","source":"urn:carrier","type":"tower.shipment.delivered.v1","subject":"1Z9","time":"2026-05-31T14:00:00+02:00",
         "data":{"references":{"order":"SO-1","shipment":{"system":"wms","value":"SH-1"}},"carrier":"dhl","location":"Lyon"}}
        """;

    private const string Order = """
        {"specversion":"1.0","id":"e-2","source":"urn:erp","type":"tower.order.accepted.v1","subject":"SO-1","time":"2026-05-30T08:00:00Z","sequence":3,
         "data":{"references":{"purchaseOrder":"PO-7"},"order":{"number":"SO-1","version":1,"legalEntity":"1000","customer":{"id":"C1","name":"Ada"},"currency":"EUR",
         "requestedDelivery":"2026-06-02","lines":[{"line":"10","item":"A","quantity":2,"unit":"EA","unitPrice":5,"amount":10.00,"site":"WH1"}],"total":10.00}}}
        """;

    private protected override IConnectorKind Kind { get; } = new OpenKind();

    private protected override string Role => "erp";

    private protected override IReadOnlyList<string> Samples => [Delivered, Order];

    /// <summary>A reference of any kind is a link.</summary>
    private protected override bool IsOpenEnded(string path) =>
        path == "$.data.references" || path.StartsWith("$.data.references.", StringComparison.Ordinal);

    private sealed class OpenKind : IConnectorKind
    {
        public string Kind => OpenConnectorKind.Name;

        public ConnectorKindInfo Describe() => OpenConnectorKind.Info;

        public IConnectorChannel Open(ConnectorRecord connector) => throw new NotSupportedException();
    }
}
