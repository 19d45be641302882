using ControlTower.Sandbox.Clock;
using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Plans;

namespace ControlTower.Sandbox.Services;

/// <summary>
/// What the systems of the landscape share besides the goods: time, the order book, the agenda. Each has its own book.
/// </summary>
internal sealed class Floor(BusinessClock clock, TimeProvider system, OrderBook orders, ScenarioConditions weather) : IDisposable
{
    private readonly Dictionary<string, Itinerary> _itineraries = new(StringComparer.Ordinal);

    /// <summary>Held while a command is decided or a fact is created; both take microseconds.</summary>
    public Lock Gate { get; } = new();

    public BusinessClock Clock => clock;

    public TimeProvider System => system;

    public OrderBook Orders => orders;

    public ScenarioConditions Weather => weather;

    public Agenda Agenda { get; } = new();

    public Dock Dock { get; } = new();

    /// <summary>Rises with each command and each fact, to detect activity.</summary>
    public long Activity { get; set; }

    /// <summary>Commands in progress, and the time of the last one.</summary>
    public Traffic Traffic { get; } = new(system);

    public void Dispose() => Agenda.Dispose();

    public Itinerary ItineraryOf(SalesOrder order)
    {
        if (!_itineraries.TryGetValue(order.Number, out var itinerary))
        {
            _itineraries[order.Number] = itinerary = new Itinerary(order);
        }

        return itinerary;
    }
}
