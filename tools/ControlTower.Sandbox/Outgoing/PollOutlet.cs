using System.Globalization;
using System.Text;

namespace ControlTower.Sandbox.Outgoing;

/// <summary>
/// Facts that wait to be polled: <c>GET /events?after={cursor}&amp;limit=…</c>. The cursor is the number of facts
/// before it.
/// </summary>
internal sealed class PollOutlet(string connector, Disorder? disorder) : Outlet(connector)
{
    public const int MostPerPage = 500;

    private readonly Lock _gate = new();
    private readonly List<OutgoingFact> _facts = [];
    private int _taken;

    /// <summary>The tower has everything before the position after which it asked to continue.</summary>
    public override int Unsent
    {
        get
        {
            lock (_gate)
            {
                return _facts.Count - _taken;
            }
        }
    }

    public override void Offer(byte[] content, bool together, Task written)
    {
        lock (_gate)
        {
            _facts.Add(new OutgoingFact(_facts.Count, content, together, written));
        }
    }

    /// <returns>The page as JSON, or null when the cursor is not one of ours.</returns>
    public async Task<byte[]?> Page(string? after, int limit)
    {
        if (!TryCursor(after, out var from))
        {
            return null;
        }

        List<OutgoingFact> page;
        lock (_gate)
        {
            if (from > _facts.Count)
            {
                return null;
            }

            _taken = Math.Max(_taken, from);
            page = _facts.GetRange(from, Math.Min(limit, _facts.Count - from));
        }

        await (page.Count > 0 ? page[^1].Written : Task.CompletedTask);
        return Write(disorder is null ? page : disorder.Stir(page), from + page.Count, after);
    }

    private static bool TryCursor(string? after, out int from)
    {
        from = 0;
        return string.IsNullOrEmpty(after) || int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out from);
    }

    /// <summary>An empty page repeats the cursor.</summary>
    private static byte[] Write(IReadOnlyList<OutgoingFact> page, int next, string? after)
    {
        var cursor = page.Count == 0 ? after : next.ToString(CultureInfo.InvariantCulture);
        using var body = new MemoryStream();
        body.Write("{\"events\":"u8);
        body.Write(EventBatch.Write(page));
        body.Write(Encoding.UTF8.GetBytes(string.IsNullOrEmpty(cursor) ? ",\"next\":null}" : $",\"next\":\"{cursor}\"}}"));
        return body.ToArray();
    }
}
