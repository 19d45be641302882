using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Http.Authentication;
using ControlTower.Integrations.Tests.Open;
using ControlTower.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace ControlTower.Integrations.Tests.Http.Authentication;

/// <summary>Request authentication against a real server.</summary>
public sealed class AuthenticationTests : IDisposable
{
    private readonly ConnectorHttp _http = new(Channels.Guard("127.0.0.1", "localhost"));
    private readonly ManualTime _time = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Basic_and_an_api_key_are_sent_in_their_headers()
    {
        await using var target = await Partner.StartAsync();

        await GetAsync(target, Open("""{"auth":"basic","userName":"tower"}""", ("password", "pä:ss")));
        await GetAsync(target, Open("""{"auth":"apiKey","apiKeyHeader":"X-Key"}""", ("apiKey", "k-1")));

        var (basic, key) = (target.Requests.First(), target.Requests.Last());
        Encoding.UTF8.GetString(Convert.FromBase64String(basic.Headers["Authorization"]["Basic ".Length..])).ShouldBe("tower:pä:ss");
        key.Headers["X-Key"].ShouldBe("k-1");
    }

    [Fact]
    public async Task After_a_change_of_the_key_the_previous_one_is_tried_once_and_used_while_the_target_accepts_it()
    {
        await using var target = await Partner.StartAsync();
        target.Answer = context => Partner.JsonAsync(context, context.Request.Headers["X-API-Key"] == "old" ? 200 : 401, "{}");
        var credentials = ConnectorCredentials.For(("apiKey", "old"))
            .With(new Dictionary<string, string?> { ["apiKey"] = "new" }, _time.GetUtcNow().AddHours(24))!;
        var client = AuthenticationSettings.Open(_http, JsonElement.Parse("""{"auth":"apiKey"}"""), credentials, _time);

        (await GetAsync(target, client)).ShouldBe(HttpStatusCode.OK);
        (await GetAsync(target, client)).ShouldBe(HttpStatusCode.OK);
        target.Requests.Select(request => request.Headers["X-API-Key"]).ShouldBe(["new", "old", "old"]);

        _time.Pass(TimeSpan.FromHours(25));
        (await GetAsync(target, client)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_is_requested_once_and_renewed_before_its_end()
    {
        await using var target = await TokenTarget.StartAsync();
        var client = target.Client(this);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => GetAsync(target.Partner, client)));
        target.Tokens.ShouldBe(1);

        _time.Pass(TimeSpan.FromSeconds(3000));
        await GetAsync(target.Partner, client);
        target.Tokens.ShouldBe(1);

        _time.Pass(TimeSpan.FromSeconds(545));
        await GetAsync(target.Partner, client);
        target.Tokens.ShouldBe(2, "59 seconds before its end it is renewed");
    }

    [Fact]
    public async Task While_renewing_fails_the_old_token_is_used_to_its_end()
    {
        await using var target = await TokenTarget.StartAsync();
        var client = target.Client(this);
        await GetAsync(target.Partner, client);
        target.TokenStatus = 500;

        _time.Pass(TimeSpan.FromSeconds(3595));
        (await GetAsync(target.Partner, client)).ShouldBe(HttpStatusCode.OK);

        _time.Pass(TimeSpan.FromSeconds(10));
        (await Should.ThrowAsync<RequestAuthenticationException>(() => GetAsync(target.Partner, client))).IsRefused.ShouldBeFalse();
    }

    [Fact]
    public async Task A_refused_token_is_dropped_once_and_the_request_sent_with_a_new_one()
    {
        await using var target = await TokenTarget.StartAsync();
        var client = target.Client(this);
        await GetAsync(target.Partner, client);
        target.Revoked.Add("t-1");

        (await GetAsync(target.Partner, client)).ShouldBe(HttpStatusCode.OK);
        target.Tokens.ShouldBe(2);

        target.RefusesAll = true;
        (await GetAsync(target.Partner, client)).ShouldBe(HttpStatusCode.Unauthorized);
        target.Tokens.ShouldBe(3, "one new token for one refusal, not a loop");
    }

    [Theory]
    [InlineData("header")]
    [InlineData("body")]
    public async Task Client_and_secret_are_sent_where_the_setting_states(string place)
    {
        await using var target = await TokenTarget.StartAsync();

        await GetAsync(target.Partner, target.Client(this, $$""","clientIn":"{{place}}","scope":"a b","audience":"api" """));

        var requested = target.Partner.Requests.First(request => request.Path == "/token");
        var body = Encoding.UTF8.GetString(requested.Body);
        body.ShouldStartWith("grant_type=client_credentials&scope=a+b&audience=api");
        body.Contains("client_secret=s%2B1", StringComparison.Ordinal).ShouldBe(place == "body");
        requested.Headers.ContainsKey("Authorization").ShouldBe(place == "header");
    }

    [Fact]
    public async Task Wrong_credentials_are_unauthorised_and_an_unavailable_token_server_sends_nothing()
    {
        await using var target = await TokenTarget.StartAsync();
        target.TokenStatus = 401;

        var refused = HttpAttempt.WithoutAnswer(await Should.ThrowAsync<RequestAuthenticationException>(
            () => GetAsync(target.Partner, target.Client(this))), started: false);
        target.TokenStatus = 503;
        var away = HttpAttempt.WithoutAnswer(await Should.ThrowAsync<RequestAuthenticationException>(
            () => GetAsync(target.Partner, target.Client(this))), started: false);

        (refused.Outcome, away.Outcome).ShouldBe((SendOutcome.Unauthorised, SendOutcome.NotSent));
        target.Partner.Requests.ShouldAllBe(request => request.Path == "/token");
    }

    [Fact]
    public async Task A_token_is_requested_with_both_secrets_after_a_change()
    {
        await using var target = await TokenTarget.StartAsync();
        target.Secret = "s+1";
        var credentials = ConnectorCredentials.For(("clientSecret", "s+1"))
            .With(new Dictionary<string, string?> { ["clientSecret"] = "s+2" }, _time.GetUtcNow().AddHours(24))!;

        (await GetAsync(target.Partner, AuthenticationSettings.Open(_http, target.Settings(), credentials, _time)))
            .ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Mutual_TLS_presents_the_certificate_of_the_credentials()
    {
        using var server = Certificate("CN=127.0.0.1");
        using var mine = Certificate("CN=tower");
        await using var app = await TlsAsync(server);
        var pem = $"{mine.ExportCertificatePem()}\n{mine.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()}";

        // The test checks the client's certificate only: this machine does not trust the server's own.
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new()
            {
                ClientCertificateContext = System.Net.Security.SslStreamCertificateContext.Create(
                    ClientCertificate.Read(pem, null), null, offline: true),
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=127.0.0.1",
            },
        };
        using var client = new HttpClient(handler);

        (await client.GetStringAsync(new Uri(app.Urls.First()))).ShouldBe("CN=tower");
        ClientCertificate.Read(Convert.ToBase64String(mine.Export(X509ContentType.Pfx, "word")), "word").HasPrivateKey.ShouldBeTrue();
        Should.Throw<RequestAuthenticationException>(() => ClientCertificate.Read("nonsense", null));
        Should.Throw<RequestAuthenticationException>(() => ClientCertificate.Read(mine.ExportCertificatePem(), null));
    }

    [Theory]
    [InlineData("""{"auth":"basic"}""", "settings.userName,credentials.password")]
    [InlineData("""{"auth":"apiKey"}""", "credentials.apiKey")]
    [InlineData("""{"auth":"oauth2","tokenUrl":"ftp://x"}""", "settings.clientId,credentials.clientSecret,settings.tokenUrl")]
    [InlineData("""{}""", "")]
    public void Settings_that_are_required_together_are_named(string settings, string fields) =>
        string.Join(',', AuthenticationSettings.FindErrors(JsonElement.Parse(settings), new HashSet<string>()).Select(error => error.Field))
            .ShouldBe(fields);

    internal AuthenticatedHttp Client(JsonElement settings) =>
        AuthenticationSettings.Open(_http, settings, ConnectorCredentials.For(("clientSecret", "s+1")), _time);

    private AuthenticatedHttp Open(string settings, params (string, string)[] credentials) =>
        AuthenticationSettings.Open(_http, JsonElement.Parse(settings), ConnectorCredentials.For(credentials), _time);

    private static async Task<HttpStatusCode> GetAsync(Partner target, AuthenticatedHttp client)
    {
        using var answer = await client.SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, target.BaseUrl + "/thing"), CancellationToken.None);
        return answer.StatusCode;
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    private static async Task<WebApplication> TlsAsync(X509Certificate2 server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = server,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (_, _, _) => true,
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        })));
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync(context.Connection.ClientCertificate!.Subject));
        await app.StartAsync();
        return app;
    }
}
