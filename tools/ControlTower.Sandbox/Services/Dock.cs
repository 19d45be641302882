namespace ControlTower.Sandbox.Services;

/// <summary>
/// The exchange of goods and labels between warehouse and carrier, without the tower. It has no book: after a restart
/// each side repeats the entries of its own.
/// </summary>
internal sealed class Dock
{
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);
    private readonly HashSet<string> _handedOver = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action<string>> _waitForLabel = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action> _waitForGoods = new(StringComparer.Ordinal);

    /// <summary>The carrier accepted the shipment and gave it a tracking number; the first one counts.</summary>
    public void Label(string shipment, string tracking)
    {
        if (_labels.TryAdd(shipment, tracking) && _waitForLabel.Remove(shipment, out var then))
        {
            then(tracking);
        }
    }

    /// <summary>Calls back once the shipment has its tracking number; at once if it has.</summary>
    public void WhenLabelled(string shipment, Action<string> then)
    {
        if (_labels.TryGetValue(shipment, out var tracking))
        {
            then(tracking);
            return;
        }

        _waitForLabel[shipment] = then;
    }

    /// <summary>The warehouse shipped it.</summary>
    public void HandOver(string shipment)
    {
        if (_handedOver.Add(shipment) && _waitForGoods.Remove(shipment, out var then))
        {
            then();
        }
    }

    /// <summary>Calls back once the goods are handed over; at once if they are. The first caller gets them.</summary>
    public void WhenHandedOver(string shipment, Action then)
    {
        if (_handedOver.Contains(shipment))
        {
            then();
            return;
        }

        _waitForGoods.TryAdd(shipment, then);
    }
}
