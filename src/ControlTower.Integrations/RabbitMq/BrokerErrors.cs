using System.IO;
using System.Net.Sockets;
using System.Security.Authentication;
using ControlTower.Core.Connectors.Streaming;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>What a broker refused or failed at, as one sentence for people.</summary>
internal static class BrokerErrors
{
    private const ushort AccessRefused = 403;
    private const ushort NotFound = 404;
    private const ushort PreconditionFailed = 406;
    private const ushort NotAllowed = 530;

    /// <param name="refusal">Why the broker's certificate was not accepted, if it was not.</param>
    public static StreamException OfConnecting(Exception error, RabbitSettings settings, string? refusal) =>
        refusal is not null && Find<AuthenticationException>(error) is not null
            ? Broke($"No TLS connection to {Names(settings)}: {refusal}.", error)
            : From(error, settings);

    /// <param name="doing">What was tried: <c>queue wms.facts</c>.</param>
    public static StreamException From(Exception error, RabbitSettings settings, string? doing = null) => error switch
    {
        StreamException known => known,
        _ when Find<AuthenticationFailureException>(error) is not null =>
            Refused($"The broker refuses user {settings.User}: the password is wrong, or the user may not sign in.", error),
        _ when Find<OperationInterruptedException>(error)?.ShutdownReason is { } reason => OfReason(reason, settings, doing, error),
        _ when Find<AuthenticationException>(error) is { } tls =>
            Broke($"No TLS connection to {Names(settings)}: {OneLine(tls.Message)}.", error),
        _ when Find<SocketException>(error) is { } socket =>
            Broke($"{Names(settings)} cannot be reached: {OneLine(socket.Message)}.", error),
        _ when error is OperationCanceledException or TimeoutException || Find<TimeoutException>(error) is not null =>
            Broke($"{Names(settings)} did not answer in time.", error),
        BrokerUnreachableException or IOException => Broke($"{Names(settings)} closed the connection before it was open.", error),
        AlreadyClosedException => Broke("The broker closed the connection.", error),
        _ => Broke($"The broker answered what cannot be understood: {OneLine(error.Message)}", error),
    };

    /// <summary>A channel or connection that ended while in use.</summary>
    public static StreamException From(ShutdownEventArgs reason, RabbitSettings settings, string? doing) =>
        OfReason(reason, settings, doing, null);

    private static StreamException OfReason(ShutdownEventArgs reason, RabbitSettings settings, string? doing, Exception? error) =>
        reason.ReplyCode switch
    {
        AccessRefused => Refused($"User {settings.User} has no right to {doing ?? "do so"}: {OneLine(reason.ReplyText)}.", error),
        NotFound => Broke($"The broker has no {doing ?? "such thing"}: {OneLine(reason.ReplyText)}.", error),
        PreconditionFailed => Broke(
            $"What the broker has under the name of {doing ?? "it"} is of another type: {OneLine(reason.ReplyText)}.", error),
        NotAllowed => Refused(
            $"User {settings.User} may not use virtual host {settings.VirtualHost}, or there is none of that name: "
            + $"{OneLine(reason.ReplyText)}.", error),
        _ => Broke($"The broker closed the connection: {OneLine(reason.ReplyText)}.", error),
    };

    public static StreamException Broke(string sentence, Exception? error = null) => new(sentence, inner: error);

    private static StreamException Refused(string sentence, Exception? error) => new(sentence, isUnauthorised: true, error);

    private static string Names(RabbitSettings settings) => string.Join(", ", settings.Hosts);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd(' ', '.');

    private static TException? Find<TException>(Exception? error)
        where TException : Exception
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is TException found)
            {
                return found;
            }

            if (error is AggregateException { InnerExceptions: { Count: > 1 } several } && several.Select(Find<TException>)
                .FirstOrDefault(inner => inner is not null) is { } one)
            {
                return one;
            }
        }

        return null;
    }
}
