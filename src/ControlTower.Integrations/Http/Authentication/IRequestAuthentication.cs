namespace ControlTower.Integrations.Http.Authentication;

/// <summary>Proves to a system who we are. Safe for many threads.</summary>
internal interface IRequestAuthentication
{
    /// <summary>Adds the proof to the request.</summary>
    /// <returns>What <see cref="Refused"/> has to be told; null when there is nothing to prove.</returns>
    /// <exception cref="RequestAuthenticationException">There is no proof to be had now; nothing was sent.</exception>
    ValueTask<string?> ApplyAsync(HttpRequestMessage request, CancellationToken cancellation);

    /// <summary>
    /// The system answered 401 to this proof. True: another proof is at hand or can be fetched, and one more try is
    /// worth it.
    /// </summary>
    bool Refused(string? proof);
}

/// <summary>We could not prove who we are; not one byte of the request itself left.</summary>
/// <param name="isRefused">Our credentials are wrong; false: whoever hands out the proof could not be asked.</param>
internal sealed class RequestAuthenticationException(string message, bool isRefused) : IOException(message)
{
    public bool IsRefused { get; } = isRefused;
}

/// <summary>Nothing to prove, or proven otherwise: by a signature over the body, by a certificate.</summary>
internal sealed class NoAuthentication : IRequestAuthentication
{
    public ValueTask<string?> ApplyAsync(HttpRequestMessage request, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);

    public bool Refused(string? proof) => false;
}
