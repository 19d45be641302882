using System.Text;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>Damage to files in transit.</summary>
internal static class Mutations
{
    private static readonly byte[] Separators = "*>~|^:+'?\n\r\t \0"u8.ToArray();

    /// <summary>Applies one to three mutations.</summary>
    public static byte[] From(byte[] source, Random random)
    {
        var bytes = source.ToList();
        for (var n = random.Next(1, 4); n > 0 && bytes.Count > 0; n--)
        {
            Mutate(bytes, random);
        }

        return [.. bytes];
    }

    private static void Mutate(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(9))
        {
            case 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 1:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                break;
            case 2:
                SwapSegments(bytes, random);
                break;
            case 3:
                ChangeDigit(bytes, random);
                break;
            case 4:
                Exchange(bytes, Separators[random.Next(Separators.Length)], Separators[random.Next(Separators.Length)]);
                break;
            case 5:
                bytes[at] = (byte)random.Next(256);
                break;
            case 6:
                bytes.Insert(at, (byte)random.Next(256));
                break;
            case 7:
                bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(20) == 0 ? 70_000 : 50));
                break;
            default:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 400), bytes.Count - at)));
                break;
        }
    }

    private static void SwapSegments(List<byte> bytes, Random random)
    {
        var terminator = bytes.Contains((byte)'~') ? '~' : bytes.Contains((byte)'\'') ? '\'' : '\n';
        var segments = Encoding.Latin1.GetString([.. bytes]).Split(terminator);
        var (one, other) = (random.Next(segments.Length), random.Next(segments.Length));
        (segments[one], segments[other]) = (segments[other], segments[one]);
        bytes.Clear();
        bytes.AddRange(Encoding.Latin1.GetBytes(string.Join(terminator, segments)));
    }

    /// <summary>Changes a digit of the last segments: counts and control numbers.</summary>
    private static void ChangeDigit(List<byte> bytes, Random random)
    {
        for (var at = bytes.Count - 1 - random.Next(Math.Min(60, bytes.Count)); at < bytes.Count; at++)
        {
            if (char.IsAsciiDigit((char)bytes[at]))
            {
                bytes[at] = (byte)('0' + random.Next(10));
                return;
            }
        }
    }

    private static void Exchange(List<byte> bytes, byte one, byte other)
    {
        for (var i = 0; i < bytes.Count; i++)
        {
            bytes[i] = bytes[i] == one ? other : bytes[i];
        }
    }
}

/// <summary>An interchange of any size that is not held in memory.</summary>
internal sealed class LargeInterchange : Stream
{
    private readonly byte[] _head;
    private readonly byte[] _body;
    private readonly byte[] _tail;
    private long _position;

    public LargeInterchange(long size, string what)
    {
        var bytes = Interchanges.From("QM", Interchanges.Status214);
        var text = Encoding.ASCII.GetString(bytes);
        var from = text.IndexOf("LX*1", StringComparison.Ordinal);
        var to = text.IndexOf("SE*", StringComparison.Ordinal);
        _head = bytes[..from];
        _body = what == "no-terminators"
            ? Encoding.ASCII.GetBytes(text[from..to].Replace("~", "+", StringComparison.Ordinal))
            : bytes[from..to];
        var loops = (size - _head.Length) / _body.Length;
        Length = _head.Length + (loops * _body.Length);
        var count = (4 * loops) + 3 + (what == "wrong-count" ? 1 : 0);
        _tail = what == "cut" ? [] : Encoding.ASCII.GetBytes($"SE*{count}*0001~\nGE*1*1~\nIEA*1*000000001~\n");
        BodyEnd = Length;
        Length += _tail.Length;
    }

    public override long Length { get; }

    private long BodyEnd { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var done = 0;
        while (done < buffer.Length && _position < Length)
        {
            var part = _position < _head.Length ? _head.AsSpan((int)_position)
                : _position < BodyEnd ? _body.AsSpan((int)((_position - _head.Length) % _body.Length))
                : _tail.AsSpan((int)(_position - BodyEnd));
            var n = Math.Min(part.Length, buffer.Length - done);
            part[..n].CopyTo(buffer[done..]);
            (done, _position) = (done + n, _position + n);
        }

        return done;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
