using ControlTower.Core.Connectors;

namespace ControlTower.Core.Transactions;

/// <summary>Puts an <see cref="OrderView"/> together from the standing facts.</summary>
internal sealed partial class ViewBuilder(TransactionState state, Landscape landscape)
{
    private readonly OrderView _view = new();

    public OrderView Build()
    {
        foreach (var slot in state.Slots)
        {
            if (slot.Data.Order is { } order && landscape is not null)
            {
                _view.Order = order;
                _view.ErpSystem = slot.Connector;
            }
        }

        return _view;
    }
}
