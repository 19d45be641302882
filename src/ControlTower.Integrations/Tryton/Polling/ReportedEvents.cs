namespace ControlTower.Integrations.Tryton.Polling;

/// <summary>
/// What this process has already passed on, so that an overlap and a write that changed nothing relevant are not
/// reported again. It only saves work: an event that is reported again has the same id, so a lost memory costs repeats,
/// never an event. A page counts as passed on once its cursor is used for the next poll.
/// </summary>
internal sealed class ReportedEvents
{
    private const int Most = 20_000;
    private readonly HashSet<RowStamp> _rows = [];
    private readonly Dictionary<string, string> _content = new(StringComparer.Ordinal);
    private readonly List<RowStamp> _pendingRows = [];
    private readonly Dictionary<string, string> _pendingContent = new(StringComparer.Ordinal);
    private string? _next;

    /// <summary>
    /// Begins a poll at this cursor. Any other than the last page's means that the page was not stored, or that the
    /// cursor was set by an operator.
    /// </summary>
    public void Begin(string? cursor)
    {
        if (_next is not null && cursor == _next)
        {
            _rows.UnionWith(_pendingRows);
            foreach (var (key, hash) in _pendingContent)
            {
                _content[key] = hash;
            }
        }
        else
        {
            _rows.Clear();
            _content.Clear();
        }

        _pendingRows.Clear();
        _pendingContent.Clear();
        _next = null;
        if (_rows.Count > Most)
        {
            _rows.Clear();
        }

        if (_content.Count > Most)
        {
            _content.Clear();
        }
    }

    public bool Has(RowStamp row) => _rows.Contains(row);

    /// <summary>Whether the document had another content under this key before, or none.</summary>
    public bool IsNew(string key, string hash)
    {
        if (_content.GetValueOrDefault(key) == hash)
        {
            return false;
        }

        _pendingContent[key] = hash;
        return true;
    }

    public void End(string? next, IEnumerable<RowStamp> rows)
    {
        _next = next;
        _pendingRows.AddRange(rows);
    }
}
