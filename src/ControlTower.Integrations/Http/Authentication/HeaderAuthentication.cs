namespace ControlTower.Integrations.Http.Authentication;

/// <summary>
/// A header that stays the same: basic, or an API key. For a day after a secret was changed both are used: a refused
/// one is replaced by the other, so that both sides need not change at the same moment.
/// </summary>
/// <param name="header">Such as <c>Authorization</c> or <c>X-API-Key</c>.</param>
/// <param name="proofs">The header's values that are valid now, the newest first.</param>
internal sealed class HeaderAuthentication(string header, Func<IReadOnlyList<string>> proofs) : IRequestAuthentication
{
    private volatile string? _refused;

    public ValueTask<string?> ApplyAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var valid = proofs();
        if (valid.Count == 0)
        {
            throw new RequestAuthenticationException($"There is no credential for the header {header}.", isRefused: true);
        }

        var proof = valid.FirstOrDefault(value => value != _refused) ?? valid[0];
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, proof);
        return ValueTask.FromResult<string?>(proof);
    }

    public bool Refused(string? proof)
    {
        _refused = proof;
        return proofs().Any(value => value != proof);
    }
}
