using System.Net;
using System.Net.Sockets;

namespace ControlTower.Launcher.Options;

/// <summary>
/// The addresses to serve at, with a free port wherever port 0 is given, so that every part knows it. Such a port is
/// reserved for the tower, which is the last to start: until this is disposed the system gives it to nobody else.
/// </summary>
public sealed class ChosenUrls : IDisposable
{
    private readonly List<Socket> _kept = [];

    /// <param name="asked">One or several addresses, separated by semicolons.</param>
    public ChosenUrls(string asked) => Text = string.Join(';', asked.Split(';', StringSplitOptions.TrimEntries).Select(Chosen));

    public string Text { get; }

    public void Dispose() => _kept.ForEach(socket => socket.Dispose());

    private string Chosen(string url)
    {
        if (TowerAddress.Parse(url) is not { Port: 0 } any)
        {
            return url;
        }

        var socket = any.Bind();
        _kept.Add(socket);
        return (any with { Port = ((IPEndPoint)socket.LocalEndPoint!).Port }).ToString();
    }
}
