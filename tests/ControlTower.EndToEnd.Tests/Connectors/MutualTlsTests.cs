using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.EndToEnd.Tests.Landscape;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Connectors;

/// <summary>
/// Mutual TLS over real connections: the tower's own program against a server that demands a certificate, with
/// certificate checks on.
/// </summary>
public sealed class MutualTlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-tls-").FullName;
    private readonly X509Certificate2 _mine = TlsGateway.Certificate("CN=tower");
    private readonly X509Certificate2 _strange = TlsGateway.Certificate("CN=somebody");

    [Fact]
    public async Task A_system_that_demands_a_certificate_is_reached_with_that_of_the_credentials_only()
    {
        await using var gateway = await TlsGateway.StartAsync(_mine.Thumbprint);
        await using var tower = await StartAsync(gateway);
        using var administrator = await tower.ApiAsync("Administrator");
        using var people = await tower.ApiAsync("IntegrationOperator");

        (await WorksAsync(people)).ShouldBeFalse("nothing was shown");
        await PutAsync(administrator, gateway, _strange);
        (await WorksAsync(people)).ShouldBeFalse("a stranger's was shown");
        gateway.Shown.ShouldBeEmpty();

        await PutAsync(administrator, gateway, _mine);
        (await WorksAsync(people)).ShouldBeTrue();
        var before = gateway.Shown.Count;
        await Eventually.AsyncIs(() => Task.FromResult(gateway.Shown.Count > before), () => $"The gateway is not polled. {tower.Story}");
        gateway.Shown.ShouldAllBe(subject => subject == "CN=tower");
        await Eventually.AsyncIs(
            () => tower.ReadAsync(db => db.Connectors.AnyAsync(c => c.Health == ConnectorHealth.Healthy)), () => tower.Story);
    }

    [Fact]
    public async Task A_server_with_an_untrusted_certificate_receives_nothing()
    {
        await using var gateway = await TlsGateway.StartAsync(_mine.Thumbprint);
        await using var tower = await StartAsync(gateway, trusts: false);
        using var administrator = await tower.ApiAsync("Administrator");
        using var people = await tower.ApiAsync("IntegrationOperator");

        await PutAsync(administrator, gateway, _mine);

        (await WorksAsync(people)).ShouldBeFalse();
        gateway.Shown.ShouldBeEmpty();
    }

    public void Dispose()
    {
        _mine.Dispose();
        _strange.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>
    /// The tower trusts what its machine trusts; here that is the gateway's own certificate, or another one.
    /// </summary>
    private async Task<TowerHost> StartAsync(TlsGateway gateway, bool trusts = true)
    {
        var list = Path.Combine(_folder, "trusted.pem");
        await File.WriteAllTextAsync(list, trusts ? gateway.Pem : _strange.ExportCertificatePem());
        return await TowerHost.StartAsync(
            $$"""{"sites":[{"code":"S1","name":"Site","timeZone":"UTC","area":"east"}],"connectors":[{{Body(gateway, null)}}]}""",
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = list });
    }

    private static string Body(TlsGateway gateway, X509Certificate2? certificate) => JsonSerializer.Serialize(new
    {
        name = "gateway", kind = "open", role = "wms", baseUrl = gateway.BaseUrl, poll = true, pollSeconds = 1,
        inboundSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", outboundSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        credentials = certificate is null
            ? null
            : new { certificate = $"{certificate.ExportCertificatePem()}\n{certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()}" },
    });

    private static async Task PutAsync(HttpClient administrator, TlsGateway gateway, X509Certificate2 certificate)
    {
        using var content = new StringContent(Body(gateway, certificate), System.Text.Encoding.UTF8, "application/json");
        using var answer = await administrator.PutAsync(new Uri("api/v1/connectors/gateway", UriKind.Relative), content);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<bool> WorksAsync(HttpClient people)
    {
        using var answer = await people.PostAsync(new Uri("api/v1/connectors/gateway/test", UriKind.Relative), null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("works").GetBoolean();
    }
}
