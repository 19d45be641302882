namespace ControlTower.Sandbox.Books;

/// <summary>Reads a journal's whole lines.</summary>
internal static class JournalReader
{
    /// <returns>The length in bytes of the whole lines; the rest was truncated by a kill and was never
    /// answered.</returns>
    public static long Read(string path, Action<ReadOnlyMemory<byte>> each)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20);
        var buffer = new byte[1 << 20];
        var (kept, read, whole) = (0, 0, 0L);
        while ((read = stream.Read(buffer, kept, buffer.Length - kept)) > 0)
        {
            var filled = kept + read;
            var used = Lines(buffer.AsMemory(0, filled), each);
            whole += used;
            kept = filled - used;
            if (used == 0 && filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
                continue;
            }

            Array.Copy(buffer, used, buffer, 0, kept);
        }

        return whole;
    }

    private static int Lines(ReadOnlyMemory<byte> filled, Action<ReadOnlyMemory<byte>> each)
    {
        var used = 0;
        for (int end; (end = filled.Span[used..].IndexOf((byte)'\n')) >= 0; used += end + 1)
        {
            each(filled.Slice(used, end));
        }

        return used;
    }
}
