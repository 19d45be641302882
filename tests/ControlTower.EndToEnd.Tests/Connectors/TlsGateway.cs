using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ControlTower.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace ControlTower.EndToEnd.Tests.Connectors;

/// <summary>A system of the open connector behind TLS that accepts one client certificate only.</summary>
internal sealed class TlsGateway : IAsyncDisposable
{
    private readonly X509Certificate2 _own;
    private readonly WebApplication _app;

    private TlsGateway(X509Certificate2 own, WebApplication app) => (_own, _app) = (own, app);

    public string BaseUrl => _app.Urls.First();

    /// <summary>Its own certificate, for clients that are to trust it.</summary>
    public string Pem => _own.ExportCertificatePem();

    /// <summary>The client certificate of each accepted request.</summary>
    public ConcurrentQueue<string> Shown { get; } = new();

    public static async Task<TlsGateway> StartAsync(string thumbprint)
    {
        var own = Certificate("CN=127.0.0.1");
        TlsGateway? gateway = null;
        var app = await LoopbackHost.StartAsync(
            app => app.MapGet("/events", context => gateway!.AnswerAsync(context)),
            host => host.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
                IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificate = own,
                    ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                    ClientCertificateValidation = (shown, _, _) => shown.Thumbprint == thumbprint,
                }))));
        return gateway = new TlsGateway(own, app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _own.Dispose();
    }

    /// <summary>Self-signed, for 127.0.0.1, a day old.</summary>
    public static X509Certificate2 Certificate(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    private Task AnswerAsync(HttpContext context)
    {
        Shown.Enqueue(context.Connection.ClientCertificate!.Subject);
        return context.Response.WriteAsync("""{"events":[],"next":"0"}""");
    }
}
