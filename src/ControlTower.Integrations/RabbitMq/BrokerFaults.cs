using System.IO;
using System.Net.Sockets;
using System.Security.Authentication;
using ControlTower.Core.Connectors.Streaming;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>What a broker refused or failed at, as one sentence for people.</summary>
internal static class BrokerFaults
{
    private const ushort AccessRefused = 403;
    private const ushort NotFound = 404;
    private const ushort PreconditionFailed = 406;
    private const ushort NotAllowed = 530;

    /// <param name="refusal">Why the broker's certificate was not taken, if it was not.</param>
    public static StreamFaultException OfConnecting(Exception fault, RabbitSettings settings, string? refusal) =>
        refusal is not null && Find<AuthenticationException>(fault) is not null ? Broke($"No TLS connection to {Names(settings)}: {refusal}.", fault) : Of(fault, settings);

    /// <param name="doing">What was tried: <c>queue wms.facts</c>.</param>
    public static StreamFaultException Of(Exception fault, RabbitSettings settings, string? doing = null) => fault switch
    {
        StreamFaultException known => known,
        _ when Find<AuthenticationFailureException>(fault) is not null => Refused($"The broker refuses user {settings.User}: the password is wrong, or the user may not sign in.", fault),
        _ when Find<OperationInterruptedException>(fault)?.ShutdownReason is { } reason => OfReason(reason, settings, doing, fault),
        _ when Find<AuthenticationException>(fault) is { } tls => Broke($"No TLS connection to {Names(settings)}: {OneLine(tls.Message)}.", fault),
        _ when Find<SocketException>(fault) is { } socket => Broke($"{Names(settings)} cannot be reached: {OneLine(socket.Message)}.", fault),
        _ when fault is OperationCanceledException or TimeoutException || Find<TimeoutException>(fault) is not null => Broke($"{Names(settings)} did not answer in time.", fault),
        BrokerUnreachableException or IOException => Broke($"{Names(settings)} closed the connection before it stood.", fault),
        AlreadyClosedException => Broke("The broker closed the connection.", fault),
        _ => Broke($"The broker answered what cannot be understood: {OneLine(fault.Message)}", fault),
    };

    /// <summary>A channel or connection that ended under way.</summary>
    public static StreamFaultException Of(ShutdownEventArgs reason, RabbitSettings settings, string? doing) => OfReason(reason, settings, doing, null);

    private static StreamFaultException OfReason(ShutdownEventArgs reason, RabbitSettings settings, string? doing, Exception? fault) => reason.ReplyCode switch
    {
        AccessRefused => Refused($"User {settings.User} has no right to {doing ?? "do so"}: {OneLine(reason.ReplyText)}.", fault),
        NotFound => Broke($"The broker has no {doing ?? "such thing"}: {OneLine(reason.ReplyText)}.", fault),
        PreconditionFailed => Broke($"What the broker has under the name of {doing ?? "it"} is of another type: {OneLine(reason.ReplyText)}.", fault),
        NotAllowed => Refused($"User {settings.User} may not use virtual host {settings.VirtualHost}, or there is none of that name: {OneLine(reason.ReplyText)}.", fault),
        _ => Broke($"The broker closed the connection: {OneLine(reason.ReplyText)}.", fault),
    };

    public static StreamFaultException Broke(string sentence, Exception? fault = null) => new(sentence, inner: fault);

    private static StreamFaultException Refused(string sentence, Exception? fault) => new(sentence, isUnauthorised: true, fault);

    private static string Names(RabbitSettings settings) => string.Join(", ", settings.Hosts);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd(' ', '.');

    private static TFault? Find<TFault>(Exception? fault)
        where TFault : Exception
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is TFault found)
            {
                return found;
            }

            if (fault is AggregateException { InnerExceptions: { Count: > 1 } several } && several.Select(Find<TFault>).FirstOrDefault(inner => inner is not null) is { } one)
            {
                return one;
            }
        }

        return null;
    }
}
