namespace ControlTower.Integrations.Http.Authentication;

/// <summary>Authenticates requests to a system. Safe for many threads.</summary>
internal interface IRequestAuthentication
{
    /// <summary>Adds the authentication to the request.</summary>
    /// <returns>The argument for <see cref="Refused"/>; null when there is nothing to add.</returns>
    /// <exception cref="RequestAuthenticationException">
    /// No authentication is possible now; nothing was sent.
    /// </exception>
    ValueTask<string?> ApplyAsync(HttpRequestMessage request, CancellationToken cancellation);

    /// <summary>
    /// The system answered 401 to this proof. True: another proof is available or can be fetched, and one more try is
    /// worth it.
    /// </summary>
    bool Refused(string? proof);
}

/// <summary>No authentication was possible; not one byte of the request itself was sent.</summary>
/// <param name="isRefused">Our credentials are wrong; false: the token server could not be reached.</param>
internal sealed class RequestAuthenticationException(string message, bool isRefused) : IOException(message)
{
    public bool IsRefused { get; } = isRefused;
}

/// <summary>No authentication, or another way: a signature over the body, a certificate.</summary>
internal sealed class NoAuthentication : IRequestAuthentication
{
    public ValueTask<string?> ApplyAsync(HttpRequestMessage request, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);

    public bool Refused(string? proof) => false;
}
