using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace ControlTower.Integrations.Http.Authentication;

/// <summary>
/// Sends with authentication, and once more with other credentials when the first were refused: a 401 had no effect.
/// </summary>
/// <param name="certificate">For mutual TLS; read at the first request.</param>
internal sealed class AuthenticatedHttp(ConnectorHttp http, IRequestAuthentication signIn, Func<X509Certificate2>? certificate = null)
{
    private readonly Lazy<X509Certificate2>? _certificate = certificate is null ? null : new(certificate);

    /// <param name="make">Makes the request, again for the second try.</param>
    /// <exception cref="RequestAuthenticationException">No authentication was possible; nothing was sent.</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        var (answer, proof) = await OnceAsync(make, cancellation);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || !signIn.Refused(proof))
        {
            return answer;
        }

        answer.Dispose();
        return (await OnceAsync(make, cancellation)).Answer;
    }

    private async Task<(HttpResponseMessage Answer, string? Proof)> OnceAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        using var request = make();
        var proof = await signIn.ApplyAsync(request, cancellation);
        return (await http.SendAsync(request, _certificate?.Value, cancellation), proof);
    }
}
