namespace ControlTower.Launcher.Processes;

/// <summary>Follows a log from its present end and forwards each whole line that is added.</summary>
public sealed class LogTail
{
    private readonly string _file;
    private readonly Action<string> _line;
    private long _position;
    private string _rest = "";

    public LogTail(string file, Action<string> line)
    {
        (_file, _line) = (file, line);
        _position = File.Exists(file) ? new FileInfo(file).Length : 0;
    }

    /// <summary>Reads what was added since the last call.</summary>
    public void ReadNew()
    {
        if (!File.Exists(_file))
        {
            return;
        }

        using var stream = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _position = stream.Length < _position ? 0 : _position;
        stream.Position = _position;
        using var reader = new StreamReader(stream);
        var lines = (_rest + reader.ReadToEnd()).Split('\n');
        _position = stream.Position;
        _rest = lines[^1];
        foreach (var line in lines.SkipLast(1))
        {
            _line(line.TrimEnd('\r'));
        }
    }

    /// <summary>Follows until cancelled.</summary>
    public async Task FollowAsync(TimeSpan every, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(every);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                ReadNew();
            }
        }
        catch (OperationCanceledException)
        {
            ReadNew();
        }
    }
}
