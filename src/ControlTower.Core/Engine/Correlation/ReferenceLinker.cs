using ControlTower.Core.Facts;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Statements;

namespace ControlTower.Core.Engine.Correlation;

/// <summary>Which links a correlated fact adds. Pure but for the index, which is updated.</summary>
internal sealed class ReferenceLinker(LinkIndex index, SystemTopology topology)
{
    /// <summary>
    /// Links every number that the fact names to the transactions it is about, where that adds information.
    /// </summary>
    public IEnumerable<NewLink> Link(Fact fact, IReadOnlyList<long> transactions, bool isNew)
    {
        foreach (var reference in fact.References.Where(r => IsLinked(fact, r, isNew)))
        {
            var key = new ReferenceKey(reference.Kind, reference.Value);
            var system = SystemOf(fact, reference, transactions);
            foreach (var transaction in transactions)
            {
                if (system is not null && index.Add(key, system, transaction))
                {
                    yield return new NewLink(key, system, transaction);
                }
            }
        }
    }

    /// <summary>An order's number is linked once, by its own ERP; a customer's purchase order with its customer only;
    /// the tower's keys never.</summary>
    private static bool IsLinked(Fact fact, Reference reference, bool isNew) => reference.Kind switch
    {
        ReferenceKinds.Transaction or ReferenceKinds.Command => false,
        ReferenceKinds.Order => isNew && reference.Value == fact.Data.Order?.Number,
        ReferenceKinds.PurchaseOrder => reference.System is not null,
        _ => true,
    };

    /// <summary>
    /// The system a number belongs to; empty where it was not stated; null where a link of its owner exists already.
    /// </summary>
    private string? SystemOf(Fact fact, Reference reference, IReadOnlyList<long> transactions)
    {
        var owners = ReferenceKinds.OwnerRoles(reference.Kind);
        if (reference.System is not null || owners.Count == 0 || owners.Contains(fact.Role, StringComparer.Ordinal))
        {
            return reference.System ?? fact.Connector;
        }

        var isKnown = index.LinksOf(reference.Kind, reference.Value).Any(link =>
            transactions.Contains(link.Transaction) && topology.Find(link.System) is { } system
                && owners.Contains(system.Role, StringComparer.Ordinal));
        return isKnown ? null : "";
    }
}

/// <summary>A link to be written.</summary>
internal readonly record struct NewLink(ReferenceKey Key, string System, long Transaction);
