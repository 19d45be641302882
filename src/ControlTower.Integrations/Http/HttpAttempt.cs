using ControlTower.Core.Connectors;
using ControlTower.Integrations.Http.Authentication;

namespace ControlTower.Integrations.Http;

/// <summary>Classifies an attempt without a response: only a body whose writing began can have had an effect.</summary>
internal static class HttpAttempt
{
    public static SendResult WithoutAnswer(Exception failure, bool started) => Cause(failure) switch
    {
        LeaseOverException lease => new SendResult(SendOutcome.NotSent, Code: SendCodes.LeaseOver, Detail: lease.Message),
        AddressRefusedException refused => new SendResult(SendOutcome.NotSent, Code: SendCodes.AddressRefused, Detail: refused.Message),
        RequestAuthenticationException { IsRefused: true } signIn =>
            new SendResult(SendOutcome.Unauthorised, Code: SendCodes.SignInRefused, Detail: signIn.Message),
        RequestAuthenticationException signIn => new SendResult(SendOutcome.NotSent, Code: SendCodes.NotReached, Detail: signIn.Message),
        OperationCanceledException => started
            ? new SendResult(SendOutcome.Unknown, Code: SendCodes.Timeout, Detail: "The target did not answer in time.")
            : new SendResult(SendOutcome.NotSent, Code: SendCodes.Timeout, Detail: "The target could not be reached in time."),
        var cause => started
            ? new SendResult(SendOutcome.Unknown, Code: SendCodes.ConnectionLost,
                Detail: $"The connection was lost after sending: {Describe(cause)}")
            : new SendResult(SendOutcome.NotSent, Code: SendCodes.NotReached, Detail: $"Nothing was sent: {Describe(cause)}"),
    };

    /// <summary>The cause of a failed handshake is in the inner exception; the outer one only points to it.</summary>
    private static string Describe(Exception failure) =>
        failure is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } inner }
            ? inner.GetBaseException().Message
            : failure.Message;

    private static Exception Cause(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is LeaseOverException or AddressRefusedException or RequestAuthenticationException)
            {
                return inner;
            }
        }

        return failure;
    }
}
