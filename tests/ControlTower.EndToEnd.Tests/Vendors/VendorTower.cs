using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.EndToEnd.Tests.Outbox;
using ControlTower.Integrations.Open;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Vendors;

/// <summary>
/// The tower as a process between a vendor's double and an ERP, a warehouse and a planner of the open connector, which
/// push their reports.
/// </summary>
internal sealed class VendorTower : IAsyncDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly byte[] Key = Convert.FromBase64String(Secret["whsec_".Length..]);
    private readonly BookkeepingPartner _partner;
    private TowerHost _host = null!;

    private VendorTower(BookkeepingPartner partner) => _partner = partner;

    private string Story => _host.Story;

    /// <param name="vendors">Registrations of the vendor's connectors, separated by commas.</param>
    public static async Task<VendorTower> StartAsync(string vendors, Dictionary<string, string>? settings = null)
    {
        var tower = new VendorTower(await BookkeepingPartner.StartAsync());
        tower._host = await TowerHost.StartAsync(
            $$"""
            {"sites":[{"code":"S1","name":"Site","timeZone":"UTC","region":"East","area":"east"}],
             "connectors":[{{tower.Open("erp")}},{{tower.Open("wms")}},{{tower.Open("tms")}},{{vendors}}]}
            """,
            settings);
        return tower;
    }

    /// <summary>Pushes facts as their system does, signed.</summary>
    public async Task SayAsync(string connector, params string[] events)
    {
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]");
        var (id, now) = (Guid.NewGuid().ToString("N"), TimeProvider.System.GetUtcNow());
        using var content = new ByteArrayContent(body)
            { Headers = { ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json") } };
        content.Headers.Add(StandardWebhooks.IdHeader, id);
        content.Headers.Add(StandardWebhooks.TimestampHeader, FormattableString.Invariant($"{now.ToUnixTimeSeconds()}"));
        content.Headers.Add(StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(Key, id, now, body));
        using var answer = await _host.Http.PostAsync(new Uri($"api/v1/inbound/{connector}", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>Posts a vendor's webhook and returns the status of the tower's answer.</summary>
    public async Task<HttpStatusCode> PostAsync(string connector, byte[] body, string header, string signature)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        content.Headers.TryAddWithoutValidation(header, signature);
        using var answer = await _host.Http.PostAsync(new Uri($"api/v1/webhooks/{connector}", UriKind.Relative), content);
        return answer.StatusCode;
    }

    public Task KillAsync() => _host.KillAsync();

    public Task RestartAsync() => _host.RestartAsync();

    public Task<HttpClient> ApiAsync(string role) => _host.ApiAsync(role);

    public Task<T> ReadAsync<T>(Func<TowerDbContext, Task<T>> read) => _host.ReadAsync(read);

    public Task StageAsync(string order, TransactionStage stage) => UntilAsync(
        db => db.Transactions.AnyAsync(t => t.OrderNumber == order && t.Stage == stage), $"{order} did not become {stage}");

    /// <summary>Waits until the posting of the order's invoice was requested from the ERP.</summary>
    public Task PostingAskedAsync(string order) => UntilAsync(
        db =>
            db.Commands.AnyAsync(c =>
                c.Kind == CommandKinds.PostInvoice && c.State == Core.Persistence.Outbox.CommandState.Accepted
                    && db.Transactions.Any(t => t.Id == c.TransactionId && t.OrderNumber == order)),
        $"nobody asked to post the invoice of {order}");

    /// <summary>The milestones that a connector reported of an order, in the order of their time.</summary>
    public Task<List<string>> SaidAsync(string order, string connector) => ReadAsync(db => db.TransactionEvents
        .Where(e => e.Connector == connector && db.Transactions.Any(t => t.Id == e.TransactionId && t.OrderNumber == order))
        .OrderBy(e => e.Time).ThenBy(e => e.Id).Select(e => e.Milestone).ToListAsync());

    /// <summary>Waits for the one open case of this reason.</summary>
    public async Task<ExceptionCase> CaseAsync(string reason)
    {
        await UntilAsync(db => db.Cases.AnyAsync(c => c.ReasonCode == reason && c.State < CaseState.Resolved), $"no case {reason}");
        return await ReadAsync(db => db.Cases.AsNoTracking().SingleAsync(c => c.ReasonCode == reason && c.State < CaseState.Resolved));
    }

    /// <summary>Waits for a condition; the failure shows the books.</summary>
    public async Task UntilAsync(Func<TowerDbContext, Task<bool>> holds, string story)
    {
        var told = story;
        await Eventually.AsyncIs(
            async () =>
            {
                var isSo = await ReadAsync(holds);
                told = isSo ? "" : $"{story}\n{await BooksAsync()}\n{Story}";
                return isSo;
            },
            () => told);
    }

    public async ValueTask DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _partner.DisposeAsync();
    }

    private Task<string> BooksAsync() => ReadAsync(async db => string.Join('\n', [
        .. await db.Transactions.Select(t => $"{t.Key} {t.Stage} {t.Health}").ToListAsync(),
        .. await db.Commands.OrderBy(c => c.Id).Select(c => $"{c.Key} {c.State} {c.ExternalId}").ToListAsync(),
        .. await db.Attempts.OrderBy(a => a.Id).Select(a => $"{a.CommandId} {a.Outcome} {a.Detail}").ToListAsync(),
        .. await db.Cases.Select(c => $"{c.ReasonCode} {c.Team} {c.State} {c.Message}").ToListAsync(),
        .. await db.Connectors.Select(c => $"{c.Name} {c.Health} {c.LastError} {c.Cursor}").ToListAsync(),
        .. await db.Inbox.OrderBy(m => m.Id).Select(m => $"{m.Connector} {m.Type} {m.Subject} {m.State}").ToListAsync(),
    ]));

    private string Open(string role) => JsonSerializer.Serialize(new
    {
        name = role, kind = "open", role, baseUrl = _partner.BaseUrl, inboundSecret = Secret, outboundSecret = Secret,
    });
}
