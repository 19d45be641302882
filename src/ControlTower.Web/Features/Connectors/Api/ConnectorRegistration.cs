using System.Text.Json;

namespace ControlTower.Web.Features.Connectors;

/// <summary>
/// The body of <c>PUT /api/v1/connectors/{name}</c>, for the API's description; it is read field by field so that every
/// error is reported at once.
/// </summary>
/// <param name="Kind">open, or one of <c>GET /api/v1/connector-kinds</c>.</param>
/// <param name="Role">erp, wms, tms, carrier, billing, tax or crm.</param>
/// <param name="Sites">Left out: all.</param>
/// <param name="LegalEntities">Left out: all.</param>
/// <param name="Reports">Milestones it reports; left out: every one of its role.</param>
/// <param name="InboundSecret">
/// <c>whsec_</c> and 24 to 64 bytes in base64; required at creation for kinds that sign, never returned.
/// </param>
/// <param name="OutboundSecret">As the inbound secret.</param>
/// <param name="Rate">Left out: unlimited.</param>
/// <param name="InboundPerSecond">Left out: unlimited.</param>
/// <param name="Takes">Command kinds that go to it; left out: every one of its role.</param>
/// <param name="Settings">Further settings of the kind.</param>
/// <param name="Credentials">
/// Secrets by name, never returned. Left out ones stay, null removes, and the previous one is accepted for 24 hours
/// more.
/// </param>
public sealed record ConnectorRegistration(
    string Kind, string Role, string BaseUrl, IReadOnlyList<string>? Sites, IReadOnlyList<string>? LegalEntities,
    IReadOnlyList<string>? Reports,
    string? InboundSecret, string? OutboundSecret, bool? Poll, int? PollSeconds, ConnectorRate? Rate, int? InboundPerSecond,
    IReadOnlyList<string>? Takes, JsonElement? Settings, IReadOnlyDictionary<string, string?>? Credentials);

/// <param name="PerSecond">Commands a second; null for unlimited.</param>
/// <param name="Concurrency">Commands at once; null for the default.</param>
public sealed record ConnectorRate(int? PerSecond, int? Concurrency);
