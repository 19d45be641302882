using System.Net;

namespace ControlTower.Integrations.Http;

/// <summary>A request body that knows whether its writing has begun: before that, nothing that could have an effect has left.</summary>
internal sealed class CommandContent : HttpContent
{
    private readonly byte[] _body;
    private readonly Func<bool>? _mayWrite;

    public CommandContent(byte[] body, string contentType, Func<bool>? mayWrite)
    {
        _body = body;
        _mayWrite = mayWrite;
        Headers.TryAddWithoutValidation("Content-Type", contentType);
    }

    public bool Started { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, default);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_mayWrite is not null && !_mayWrite())
        {
            throw new LeaseOverException();
        }

        Started = true;
        await stream.WriteAsync(_body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}

/// <summary>The sender's lease no longer covered the sending when the connection was ready.</summary>
internal sealed class LeaseOverException() : IOException("The sender's lease no longer covers the sending.");
