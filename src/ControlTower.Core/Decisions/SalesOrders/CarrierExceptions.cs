using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;

namespace ControlTower.Core.Decisions.SalesOrders;

/// <summary>Open carrier exceptions: each is a condition of its own, until its carrier closes it.</summary>
internal static class CarrierExceptions
{
    public static void Decide(Draft draft)
    {
        foreach (var shipment in draft.View.Shipments)
        {
            foreach (var exception in shipment.Exceptions)
            {
                Name(draft, exception, shipment.Number, shipment.Part, shipment.Site);
            }
        }

        foreach (var exception in draft.View.LooseExceptions)
        {
            Name(draft, exception, exception.Subject, exception.Subject, null);
        }
    }

    public static string ReasonOf(string kind) => kind switch
    {
        "damaged" or "lost" => ReasonCodes.DamageLoss,
        "address" => ReasonCodes.AddressInvalid,
        "missed-pickup" => ReasonCodes.PickupMissed,
        _ => ReasonCodes.DeliveryFailed,
    };

    public static string Describe(ExceptionView exception, string document)
    {
        var what = exception.Kind switch
        {
            "delayed" => "is delayed",
            "attempt-failed" => "could not be delivered",
            "refused" => "was refused",
            "damaged" => "is damaged",
            "lost" => "is lost",
            "returning" => "is on its way back",
            "returned" => "came back",
            "held" => "is held by the carrier",
            "address" => "has an address that cannot be served",
            "misrouted" => "was misrouted",
            "customs" => "is held at customs",
            _ => "was not picked up",
        };
        return $"Shipment {document} {what}{(exception.Reason is { } reason ? $": {reason.TrimEnd('.')}" : "")}";
    }

    private static void Name(Draft draft, ExceptionView exception, string document, string slice, string? site)
    {
        if (exception.IsOpen)
        {
            var code = ReasonOf(exception.Kind);
            draft.Name(new OpenCondition(
                $"{code}:{slice}:{exception.Kind}", code, Describe(exception, document) + ".", document, site, exception.Connector, null,
                exception.EventId, null,
                exception.At));
        }
    }
}
