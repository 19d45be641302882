using System.Net.Http.Headers;
using System.Net.Http.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Tower;

/// <summary>One landscape in trouble, at which every demo account looks.</summary>
internal sealed class NeedsLandscape : IAsyncDisposable
{
    private readonly LandscapeRun _run;
    private readonly TowerDb _tower;
    private readonly PolicyStore _policies;

    private NeedsLandscape(LandscapeRun run)
    {
        _run = run;
        _tower = new TowerDb(new DatabaseOptions { ConnectionString = run.ConnectionString, Provider = TestedDatabase.Provider });
        _policies = new PolicyStore(_tower, run.Clocks);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="headStart">
    /// Where business time begins; it then goes as slowly as system time, so that what has happened by then stays.
    /// </param>
    public static async Task<NeedsLandscape> StartAsync(string scenario, int orders, TimeSpan headStart) => new(
        await LandscapeRun.StartAsync(new() { Scenario = scenario, Orders = orders, HeadStart = headStart, Speed = 1 }));

    public Task UntilAsync(Func<TowerDbContext, Task<bool>> stands) => Eventually.AsyncIs(async () =>
    {
        await using var db = _tower.CreateDbContext();
        return await stands(db);
    }, () => string.Join('\n', _run.Story));

    public async Task PauseAsync(string connector, string reason)
    {
        using var answer = await PostAsync(TowerRoles.IntegrationOperator, $"connectors/{connector}/pause", new { reason });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>The coordinator asks for the release of that hold's invoice.</summary>
    public async Task RequestReleaseAsync(TransactionHold hold)
    {
        await using var db = _tower.CreateDbContext();
        var key = await db.Transactions.Where(t => t.Id == hold.TransactionId).Select(t => t.Key).SingleAsync(Cancel);
        using var answer = await PostAsync(
            TowerRoles.LogisticsCoordinator, $"transactions/{Uri.EscapeDataString(key)}/release-request",
            new { reason = "The customer confirmed the receipt.", shipment = hold.Part });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    public async Task<IReadOnlyList<TransactionHold>> HeldInvoicesAsync()
    {
        await using var db = _tower.CreateDbContext();
        return await db.Holds.Where(hold => hold.ClosedAt == null && hold.Kind == "billing").OrderBy(hold => hold.Amount)
            .ToListAsync(Cancel);
    }

    /// <summary>What each demo account is shown, once it is the same as what the lists behind it hold.</summary>
    public async Task<IReadOnlyDictionary<string, NeedsReading>> AgreedForEverybodyAsync()
    {
        var readings = new Dictionary<string, NeedsReading>();
        foreach (var person in await DemoPeople.ReadAsync(_tower))
        {
            readings[person.Name] = await NeedsReading.TakeAsync(_tower, _policies, _run.Clocks, person);
        }

        Assert.Empty(readings.Values.SelectMany(reading => reading.Differences()));
        return readings;
    }

    public async ValueTask DisposeAsync()
    {
        _policies.Dispose();
        await _tower.DisposeAsync();
        await _run.DisposeAsync();
    }

    private async Task<HttpResponseMessage> PostAsync<TBody>(string role, string path, TBody body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"api/v1/{path}", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _run.KeyAsync(role));
        request.Content = JsonContent.Create(body);
        return await _run.Api.SendAsync(request, Cancel);
    }
}
