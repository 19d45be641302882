using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Engine.Correlation;

/// <summary>
/// Correlates facts by the rules of the open connector ("References"). Pure. An ERP's own order fact is correlated by
/// its number; any other by the orders it names, and without those by what all of its other numbers have in common. A
/// number counts in the system that is stated, else in the sender's own where the sender's role owns such numbers, else
/// in the systems that do; a link whose owner is not known fits all of them.
/// </summary>
internal sealed class Correlator(LinkIndex index, SystemTopology topology)
{
    public CorrelationResult Place(Fact fact)
    {
        if (Own(fact) is { } own)
        {
            return own;
        }

        if (OrderKeyOf(fact) is { } key)
        {
            return index.LinksOf(ReferenceKinds.Order, fact.Data.Order!.Number)
                .Where(link => link.System == fact.Connector)
                .Select(link => (long?)link.Transaction).FirstOrDefault()
                is { } known ? CorrelationResult.At(known) : CorrelationResult.New(key);
        }

        return PlaceByNumbers(fact);
    }

    /// <summary>The key of the transaction that an ERP's order fact states, or null for any other fact.</summary>
    internal static string? OrderKeyOf(Fact fact) =>
        fact.Role == Roles.Erp && fact.Data.Order is { } order && fact.Milestone is Milestones.OrderAccepted or Milestones.OrderChanged
            ? $"{fact.Connector}:{order.Number}"
            : null;

    /// <summary>By the tower's own keys: they are never ambiguous with a number.</summary>
    private CorrelationResult? Own(Fact fact)
    {
        var transactions = fact.References.Where(r => r.Kind == ReferenceKinds.Transaction).ToList();
        if (transactions.Count > 0)
        {
            var ids = transactions.Select(r => index.TransactionOf(r.Value)).OfType<long>().Distinct().ToList();
            return ids.Count > 0 ? CorrelationResult.At(ids) : CorrelationResult.Unknown(fact);
        }

        var command = fact.References.Where(r => r.Kind == ReferenceKinds.Command)
            .SelectMany(r => index.CommandsOf(r.Value)).Where(link => link.System == fact.Connector)
            .Select(link => link.Transaction).Distinct().ToList();
        return command.Count switch
        {
            0 => null,
            1 => CorrelationResult.At(command),
            _ => CorrelationResult.Ambiguous(fact),
        };
    }

    private CorrelationResult PlaceByNumbers(Fact fact)
    {
        var byKind = fact.References.Where(r => r.Kind is not (ReferenceKinds.Transaction or ReferenceKinds.Command))
            .GroupBy(r => r.Kind)
            .ToDictionary(
                group => group.Key, group => group.Select(r => new Candidates(r, LinksFor(fact, r))).ToList(), StringComparer.Ordinal);
        var others = byKind.Where(pair => pair.Key != ReferenceKinds.Order)
            .Select(pair => pair.Value.Where(c => c.Any).ToList())
            .Where(list => list.Count > 0).ToList();
        var orders = byKind.GetValueOrDefault(ReferenceKinds.Order) ?? [];

        // A document with lines of several orders waits until each of them is known: it is applied to all or to none.
        var linesName = (fact.Data.Lines ?? []).Select(line => line.Order).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (orders.Any(order => !order.Any && linesName.Contains(order.Reference.Value)))
        {
            return CorrelationResult.Unknown(fact);
        }

        return orders.Any(order => order.Any) ? ByOrders(fact, orders, others) : ByOthers(fact, others);
    }

    private CorrelationResult ByOrders(Fact fact, List<Candidates> orders, List<List<Candidates>> others)
    {
        var found = new List<long>();
        foreach (var order in orders.Where(order => order.Any))
        {
            var narrowed = Narrow(order.Transactions, others);
            if (narrowed.Count != 1)
            {
                return CorrelationResult.Ambiguous(fact);
            }

            found.Add(narrowed[0]);
        }

        return CorrelationResult.At(found.Distinct().ToList());
    }

    /// <summary>
    /// An order number belongs to one transaction: where several systems use it, the fact's other numbers decide, then
    /// which of them is still open.
    /// </summary>
    private List<long> Narrow(IReadOnlyCollection<long> candidates, List<List<Candidates>> others)
    {
        var left = candidates.ToList();
        foreach (var kind in others.TakeWhile(_ => left.Count > 1))
        {
            var common = left.Where(id => kind.Any(c => c.Transactions.Contains(id))).ToList();
            left = common.Count > 0 ? common : left;
        }

        return left.Count > 1 && left.Where(id => !index.IsEnded(id)).ToList() is { Count: 1 } open ? open : left;
    }

    private CorrelationResult ByOthers(Fact fact, List<List<Candidates>> others)
    {
        if (others.Count == 0)
        {
            return CorrelationResult.Unknown(fact);
        }

        var common = others.Select(kind => kind.SelectMany(c => c.Transactions).ToHashSet()).Aggregate((all, next) =>
        {
            all.IntersectWith(next);
            return all;
        });
        if (common.Count == 0)
        {
            return CorrelationResult.Ambiguous(fact);
        }

        // Many orders under one number of one system are a load or a collective invoice: the fact is about all of them.
        var all = common.ToList();
        var isOneSystems = others.SelectMany(kind => kind)
            .All(c => all.Count == 1 || !c.Transactions.Overlaps(all) || c.IsOneSystemFor(all));
        return isOneSystems ? CorrelationResult.At(all)
            : all.Where(id => !index.IsEnded(id)).ToList() is { Count: 1 } open ? CorrelationResult.At(open)
            : CorrelationResult.Ambiguous(fact);
    }

    /// <summary>Which of a number's links count for this sender.</summary>
    private IReadOnlyList<LinkIndex.Link> LinksFor(Fact fact, Reference reference)
    {
        var links = index.LinksOf(reference.Kind, reference.Value);
        if (links.Count == 0)
        {
            return links;
        }

        var owners = ReferenceKinds.OwnerRoles(reference.Kind);
        if (reference.System is { } stated)
        {
            return Prefer(links, stated, _ => false);
        }

        if (reference.Kind == ReferenceKinds.PurchaseOrder)
        {
            // A customer's purchase order counts with its customer only.
            return [];
        }

        return owners.Contains(fact.Role, StringComparer.Ordinal)
            ? Prefer(links, fact.Connector, _ => false)
            : Prefer(links, fact.Connector,
                link =>
                    owners.Count == 0 || topology.Find(link.System) is { } system && owners.Contains(system.Role, StringComparer.Ordinal));
    }

    private static IReadOnlyList<LinkIndex.Link> Prefer(
        IReadOnlyList<LinkIndex.Link> links, string system, Func<LinkIndex.Link, bool> isOwners)
    {
        var own = links.Where(link => link.System == system).ToList();
        return own.Count > 0 ? own : links.Where(link => link.System.Length == 0 || isOwners(link)).ToList();
    }

    private sealed class Candidates(Reference reference, IReadOnlyList<LinkIndex.Link> links)
    {
        public Reference Reference { get; } = reference;

        public HashSet<long> Transactions { get; } = [.. links.Select(link => link.Transaction)];

        public bool Any => links.Count > 0;

        public bool IsOneSystemFor(List<long> transactions) =>
            links.GroupBy(link => link.System).Any(system => transactions.All(id => system.Any(link => link.Transaction == id)));
    }
}
