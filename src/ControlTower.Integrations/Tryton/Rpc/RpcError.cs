using ControlTower.Integrations.Tryton.Commands;

namespace ControlTower.Integrations.Tryton.Rpc;

/// <summary>
/// The failure of a call of Tryton. Tryton returns errors in four shapes inside HTTP 200, the rest by status.
/// </summary>
internal enum RpcErrorKind
{
    /// <summary>UserError: a rule of Tryton or of its data forbids it. Rolled back.</summary>
    User,

    /// <summary>UserWarning: Tryton requires a person's confirmation. Rolled back.</summary>
    Warning,

    /// <summary>ConcurrencyException, or the database could not serialise or lock. Rolled back; the same call may succeed later.</summary>
    Busy,

    /// <summary>Any other exception of the server's, as text. Rolled back.</summary>
    Server,

    /// <summary>403: the method does not exist or is not open to callers.</summary>
    NotExposed,

    /// <summary>LoginException, or 401 after signing in again.</summary>
    Unauthorised,

    /// <summary>429.</summary>
    Throttled,

    /// <summary>Nothing of the call was sent.</summary>
    NotSent,

    /// <summary>The call was written and no response that could be understood came back.</summary>
    Lost,
}

/// <param name="Code">A code for people and runbooks.</param>
/// <param name="Warning">The warning's name, by which it can be answered.</param>
internal sealed record RpcError(
    RpcErrorKind Kind, string Code, string Message, int? HttpStatus = null, string? Warning = null, TimeSpan? RetryAfter = null);

/// <summary>
/// Ends a chain of calls at the first that failed; caught in one place, where it is classified
/// (<see cref="Commands.Outcome"/>, the poll).
/// </summary>
internal sealed class RpcException(RpcError error) : Exception(error.Message)
{
    public RpcError Error { get; } = error;
}
