using System.Net.Http.Headers;
using ControlTower.Core.Kernel;
using ControlTower.Testing;
using ControlTower.Web.Hosting;
using ControlTower.Web.Hosting.Setup;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Hosting;

/// <summary>The whole tower in memory, on a separate real database, with the demo accounts.</summary>
public sealed class TowerServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-web-").FullName;
    private TestDatabase _database = null!;

    public WebApplication App { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Passwords { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        App = Build();
        await SeedAsync();
        await App.StartAsync();
    }

    /// <summary>Another node on the same database.</summary>
    public WebApplication Build(params (string Key, string Value)[] others) => TowerHost.Build([], builder =>
    {
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Configuration.AddInMemoryCollection(others.Select(other => KeyValuePair.Create(other.Key, (string?)other.Value)));
    });

    public HttpClient Client() => App.GetTestClient();

    /// <summary>A client with a key of that role.</summary>
    public async Task<HttpClient> MachineAsync(string role)
    {
        var (_, secret) = await App.Services.GetRequiredService<ApiKeyStore>()
            .CreateAsync("test", role, [], [], Actor.Tower, CancellationToken.None);
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    /// <summary>A client with a person's session.</summary>
    public async Task<HttpClient> PersonAsync(string userName)
    {
        var client = Client();
        using var answer = await client.PostAsync("/api/v1/session", Json.Body(new { userName, password = Passwords[userName] }));
        answer.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        return client;
    }

    /// <summary>Runs a test with services of one scope.</summary>
    public async Task WithAsync<TService>(Func<TService, Task> act)
        where TService : notnull
    {
        await using var scope = App.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Dictionary<string, string?> Settings => new()
    {
        ["ConnectionStrings:ControlTower"] = _database.ConnectionString,
        ["Database:Provider"] = TestedDatabase.Name,
        ["Database:AllowUnsafeDurability"] = "true",
        ["Urls"] = "http://127.0.0.1:0",
        ["Secrets:MasterKeyFile"] = Path.Combine(_folder, "master.key"),
        ["Engine:Workers"] = "0",
        ["Outbox:Enabled"] = "false",
        ["Logs:Level"] = "Error",
        ["Limits:SignInsPerMinute"] = "1000",
    };

    private async Task SeedAsync()
    {
        var file = Path.Combine(_folder, "credentials.json");
        await using var scope = App.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<RoleSeed>(scope.ServiceProvider).SeedAsync();
        LandscapeSite[] sites = [new("EAST-1", "East 1", "Europe/Paris", "Europe", null, "east"),
            new("WEST-1", "West 1", "America/Sao_Paulo", "Americas", null, "west")];
        await ActivatorUtilities.CreateInstance<SiteSeed>(scope.ServiceProvider).SeedAsync(sites);
        await ActivatorUtilities.CreateInstance<DemoAccounts>(scope.ServiceProvider).SeedAsync(sites, file);
        Passwords = CredentialsFile.Read(file);
    }
}

[CollectionDefinition(nameof(TowerServerCollection))]
public sealed class TowerServerCollection : ICollectionFixture<TowerServer>;
