using ControlTower.Core.Persistence.Statements;

namespace ControlTower.Core.Engine.Correlation;

/// <summary>
/// The links that a batch needs, in memory: those of the database and those that the batch itself makes. Transactions
/// that the batch creates have negative numbers until they are stored.
/// </summary>
internal sealed class LinkIndex
{
    private readonly Dictionary<ReferenceKey, List<Link>> _links = [];
    private readonly Dictionary<string, long> _transactions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Link>> _commands = new(StringComparer.Ordinal);
    private readonly HashSet<long> _ended = [];

    /// <param name="System">Who owns the number; empty where that is not known.</param>
    internal readonly record struct Link(string System, long Transaction);

    public IReadOnlyList<Link> LinksOf(string kind, string value) =>
        _links.TryGetValue(new ReferenceKey(kind, value), out var links) ? links : [];

    public long? TransactionOf(string key) => _transactions.TryGetValue(key, out var id) ? id : null;

    /// <summary>Transactions with a command of that key; the system is the connector it went to.</summary>
    public IReadOnlyList<Link> CommandsOf(string key) => _commands.TryGetValue(key, out var links) ? links : [];

    /// <summary>Posted or cancelled: an open one of the same number takes precedence.</summary>
    public bool IsEnded(long transaction) => _ended.Contains(transaction);

    /// <returns>Whether it was new.</returns>
    public bool Add(ReferenceKey key, string system, long transaction)
    {
        if (!_links.TryGetValue(key, out var links))
        {
            _links[key] = links = [];
        }

        var link = new Link(system, transaction);
        if (links.Contains(link))
        {
            return false;
        }

        links.Add(link);
        return true;
    }

    public void AddTransaction(string key, long id) => _transactions[key] = id;

    public void AddCommand(string key, string connector, long transaction)
    {
        if (!_commands.TryGetValue(key, out var links))
        {
            _commands[key] = links = [];
        }

        links.Add(new Link(connector, transaction));
    }

    public void MarkEnded(long transaction) => _ended.Add(transaction);
}
