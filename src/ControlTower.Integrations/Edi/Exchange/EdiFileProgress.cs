namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>A file that is being read.</summary>
internal sealed class EdiFileProgress : IDisposable
{
    private readonly Stream _stream;
    private readonly IEnumerator<byte[]> _events;
    private bool _hasNext;

    public EdiFileProgress(EdiCursor cursor, Stream stream, EdiFile file, Func<int, string?> keyOf)
        : this(cursor, stream, file.Events(stream, keyOf, cursor.Known ?? [], cursor.Reused ?? [])) => File = file;

    private EdiFileProgress(EdiCursor cursor, Stream stream, IEnumerable<byte[]> events)
    {
        Cursor = cursor;
        _stream = stream;
        _events = events.GetEnumerator();
        for (_hasNext = _events.MoveNext(); _hasNext && Next < cursor.Next; _hasNext = _events.MoveNext())
        {
            Next++;
        }
    }

    public EdiCursor Cursor { get; }

    /// <summary>Null for a file that was not opened.</summary>
    public EdiFile? File { get; }

    public string? Error { get; private init; }

    /// <summary>Our interchanges that it acknowledges.</summary>
    public List<int> Answered => File is { } file ? [.. file.Answered(_stream)] : [];

    public int Next { get; private set; }

    public static EdiFileProgress TooLarge(EdiCursor cursor, Stream stream, long most)
    {
        var error = $"The file has {stream.Length} bytes; at most {most} are read.";
        return new(cursor, stream, [EdiRecords.Refusal("urn:edi:files", $"{cursor.File}.refused", [], error)]) { Error = error };
    }

    public List<byte[]> Take(int limit, out bool isLast)
    {
        var page = new List<byte[]>();
        while (_hasNext && page.Count < limit)
        {
            page.Add(_events.Current);
            Next++;
            _hasNext = _events.MoveNext();
        }

        isLast = !_hasNext;
        return page;
    }

    public void Dispose()
    {
        _events.Dispose();
        _stream.Dispose();
    }
}
