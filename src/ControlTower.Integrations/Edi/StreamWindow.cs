namespace ControlTower.Integrations.Edi;

/// <summary>
/// A window over a stream that moves forward only: bytes that were read and not passed yet, in one buffer that grows
/// with the requested length. Nothing is allocated while it moves. A returned span is valid until the window is filled
/// again.
/// </summary>
/// <param name="stream">Read to its end. Not disposed.</param>
internal sealed class StreamWindow(Stream stream)
{
    private byte[] _buffer = new byte[32 * 1024];
    private int _start;
    private int _end;
    private long _bufferOffset;
    private bool _streamEnded;

    /// <summary>Of the first byte, in the stream.</summary>
    public long Offset => _bufferOffset + _start;

    public int Length => _end - _start;

    /// <summary>All that is in it.</summary>
    public Span<byte> Bytes => _buffer.AsSpan(_start, _end - _start);

    public ReadOnlyMemory<byte> Memory(int length) => _buffer.AsMemory(_start, length);

    public void Pass(int count) => _start += count;

    /// <summary>Whether that many bytes could be had; else all that are left are in it.</summary>
    public bool Has(int count) => _end - _start >= count || FillTo(count);

    /// <summary>Reads more; false at the stream's end.</summary>
    public bool Fill()
    {
        if (_streamEnded)
        {
            return false;
        }

        if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _streamEnded = read == 0;
        return read > 0;
    }

    /// <summary>
    /// At the very beginning: passes the byte order mark by which some editors begin a file of UTF-8.
    /// </summary>
    public void PassByteOrderMark()
    {
        if (_start == 0 && _bufferOffset == 0 && Has(3) && Bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            Pass(3);
        }
    }

    private bool FillTo(int count)
    {
        while (_end - _start < count)
        {
            if (!Fill())
            {
                return false;
            }
        }

        return true;
    }

    private void MakeRoom()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _bufferOffset += _start;
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }
    }
}
