using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Tests.Connectors.Contracts;
using ControlTower.Integrations.Tests.Open;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Integrations.Tests.Tryton;

/// <summary>Tryton passes the contract tests of every kind; the fake answers as the real one was seen to.</summary>
public sealed class TrytonErpPollContract : PollContract
{
    private protected override IConnectorChannel Open(string baseUrl, PipelineOptions options) =>
        TrytonChannels.To(baseUrl, Roles.Erp, options);

    private protected override Task AnswerWellAsync(HttpContext context) => FakeTryton.AnswerAsync(context);

    private protected override bool HasEffect(PartnerRequest request) => !FakeTryton.Calls(
        request, "common.db.login", "model.company.company.search_read", "model.sale.sale.search_read", "model.sale.line.search_read",
        "model.stock.shipment.out.search_read",
        "model.stock.move.search_read", "model.account.invoice.search_read", "model.account.invoice.line.search_read");
}

/// <summary>Its warehouse.</summary>
public sealed class TrytonWarehousePollContract : PollContract
{
    private protected override IConnectorChannel Open(string baseUrl, PipelineOptions options) =>
        TrytonChannels.To(baseUrl, Roles.Wms, options);

    private protected override Task AnswerWellAsync(HttpContext context) => FakeTryton.AnswerAsync(context);

    private protected override bool HasEffect(PartnerRequest request) => FakeTryton.Calls(request, "model.stock.shipment.out.assign_try");
}

public sealed class TrytonReleaseContract : SendContract
{
    /// <summary>A command is several calls within one time-out.</summary>
    internal const int Patience = 4;

    private protected override IConnectorChannel Open(string baseUrl, PipelineOptions options) =>
        TrytonChannels.To(baseUrl, Roles.Wms, options with { TimeoutSeconds = Patience });

    private protected override CommandEnvelope Command(Func<bool>? mayWrite = null) => TrytonChannels.Release(mayWrite);

    private protected override Task AnswerWellAsync(HttpContext context) => FakeTryton.AnswerAsync(context);

    private protected override bool HasEffect(PartnerRequest request) => FakeTryton.Calls(request, "model.stock.shipment.out.assign_try");
}

public sealed class TrytonInvoiceContract : SendContract
{
    private const int Patience = TrytonReleaseContract.Patience;

    private protected override IConnectorChannel Open(string baseUrl, PipelineOptions options) =>
        TrytonChannels.To(baseUrl, Roles.Billing, options with { TimeoutSeconds = Patience });

    private protected override CommandEnvelope Command(Func<bool>? mayWrite = null) => TrytonChannels.Invoice(mayWrite);

    private protected override Task AnswerWellAsync(HttpContext context) => FakeTryton.AnswerAsync(context);

    private protected override bool HasEffect(PartnerRequest request) => FakeTryton.Calls(request, "model.account.invoice.create");
}
