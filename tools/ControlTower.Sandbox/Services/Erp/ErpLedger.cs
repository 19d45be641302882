using ControlTower.Sandbox.Books;
using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Services.Erp;

/// <summary>The ERP's books: its orders, and what the tower caused.</summary>
internal sealed class ErpLedger(OrderBook orders)
{
    private readonly Dictionary<string, string> _status = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StatusUpdate> _stages = new(StringComparer.Ordinal);
    private readonly List<GoodsIssue> _goodsIssues = [];
    private readonly List<Posting> _postings = [];
    private int _updates;

    public int Told => _status.Count;

    public IReadOnlyList<Posting> Postings => _postings;

    /// <summary>The ERP's last status of an order: accepted, held or cancelled.</summary>
    public void Say(SalesOrder order, string status) => _status[order.Number] = status;

    public void Add(Effect effect)
    {
        switch (effect)
        {
            case GoodsIssue issue:
                _goodsIssues.Add(issue);
                break;
            case Posting posting:
                _postings.Add(posting);
                break;
            case StatusUpdate update:
                _stages[update.Order] = update;
                _updates++;
                break;
        }
    }

    public object Show(string? order, int commands)
    {
        var goodsIssues = _goodsIssues.Of(order);
        var postings = _postings.Of(order);
        return new
        {
            system = "erp",
            totals = new
            {
                orders = _status.Count,
                held = _status.Values.Count(status => status == "held"),
                cancelled = _status.Values.Count(status => status == "cancelled"),
                goodsIssues = goodsIssues.Count,
                postings = postings.Count,
                postedOrders = postings.Select(posting => posting.Order).Distinct().Count(),
                net = postings.Sum(posting => posting.Net),
                statusUpdates = _updates,
                commands,
            },
            orders = orders.All.Where(known => (order is null || known.Number == order) && _status.ContainsKey(known.Number))
                .Select(Order)
                .ToList(),
            goodsIssues,
            postings,
        };
    }

    private object Order(SalesOrder order) => new
    {
        order = order.Number,
        orderedAt = CloudEvents.Text(order.OrderedAt),
        promised = CloudEvents.Text(order.Promised),
        status = _status[order.Number],
        hold = order.HoldCode,
        currency = order.Currency,
        amount = order.Total,
        stage = _stages.GetValueOrDefault(order.Number)?.Stage,
        stageKey = _stages.GetValueOrDefault(order.Number)?.Key,
    };
}
