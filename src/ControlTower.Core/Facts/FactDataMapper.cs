using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Facts;

/// <summary>The <c>data</c> of each type (open connector, the table of facts). Required fields are noted when they are not there.</summary>
internal static class FactDataMapper
{
    public static FactData Map(string milestone, FieldReader data, TimeZoneInfo zone) => milestone switch
    {
        Milestones.OrderAccepted or Milestones.OrderChanged => new() { Order = OrderMapper.Order(data["order"].RequiredObject(), zone) },
        Milestones.OrderCancelled => new() { Reason = data["reason"].Text(), Lines = CancelledLines(data["lines"]) },
        Milestones.OrderHeld => new() { Hold = OrderMapper.Hold(data["hold"].RequiredObject(), isHeld: true) },
        Milestones.OrderReleased => new() { Hold = OrderMapper.Hold(data["hold"].RequiredObject(), isHeld: false) },
        Milestones.FulfilmentAllocated or Milestones.FulfilmentPicked or Milestones.FulfilmentPacked or Milestones.FulfilmentStaged =>
            new() { Site = data["site"].RequiredText(), Lines = LineMapper.Quantities(data["lines"], required: true) },
        Milestones.FulfilmentShort =>
            new() { Site = data["site"].Number(), Reason = data["reason"].Text(), Lines = LineMapper.Shorts(data["lines"]) },
        Milestones.FulfilmentCancelled or Milestones.FulfilmentCancelRejected =>
            new() { Site = data["site"].Number(), Reason = data["reason"].Text(), Lines = CancelledLines(data["lines"]) },
        Milestones.ShipmentReady => Goods(data) with { Site = data["site"].RequiredText() },
        Milestones.ShipmentShipped => Goods(data),
        Milestones.ShipmentEstimate => Transport(data) with { EstimatedDelivery = Estimate(data["estimatedDelivery"], zone) },
        Milestones.ShipmentException => Transport(data) with { Exception = TransportException(data["exception"].RequiredObject()) },
        Milestones.DeliveryPod => Transport(data) with { Pod = Proof(data["pod"]) },
        Milestones.GoodsIssuePosted or Milestones.GoodsIssueRejected or Milestones.InvoiceIssued or Milestones.InvoiceRejected
            or Milestones.InvoiceCancelled
            or Milestones.PostingPosted or Milestones.PostingRejected or Milestones.PostingReversed or Milestones.PaymentApplied
            or Milestones.FreightInvoiced => MoneyMapper.Map(milestone, data),
        Milestones.CommandFailed => Failed(data),
        Milestones.ApprovalGranted => new() { Approval = Own(data["approval"], CanonicalJsonContext.Default.ApprovalSnapshot) },
        _ when milestone.StartsWith("command.", StringComparison.Ordinal) =>
            new() { Command = Own(data["command"], CanonicalJsonContext.Default.CommandOutcomeSnapshot) },
        _ => Transport(data),
    };

    private static FactData Goods(FieldReader data) => new()
    {
        Site = data["site"].Number(),
        Carrier = data["carrier"].Number(),
        Tracking = data["tracking"].Number(),
        Lines = LineMapper.Quantities(data["lines"], required: true),
        Parcels = LineMapper.Parcels(data["parcels"]),
    };

    private static FactData Transport(FieldReader data) => new()
    {
        Carrier = data["carrier"].Number(),
        Tracking = data["tracking"].Number(),
        Parcels = LineMapper.Parcels(data["parcels"]),
        Location = data["location"].Kind == JsonValueKind.String ? data["location"].Text() : data["location"]["name"].Text(),
        Reason = data["reason"].Text(),
    };

    /// <summary>Lines that are cancelled: numbers alone, or with the quantity that is.</summary>
    private static IReadOnlyList<FactLine>? CancelledLines(FieldReader lines) => lines.IsPresent
        ? lines.Items(required: false).ConvertAll(line => line.Kind == JsonValueKind.Object
            ? new FactLine { Line = line["line"].RequiredText(), Quantity = line["quantity"].Quantity(), Reason = line["reason"].Text() }
            : new FactLine { Line = line.RequiredText() })
        : null;

    private static DateTimeOffset? Estimate(FieldReader field, TimeZoneInfo zone)
    {
        if (!field.IsPresent)
        {
            field.AddError($"{field.Path} is missing.");
        }

        return field.Instant(zone);
    }

    private static CarrierException TransportException(FieldReader field)
    {
        var kind = field["kind"].RequiredText();
        var state = field["state"].RequiredText();
        if (kind.Length > 0 && !ExceptionKinds.Contains(kind))
        {
            field["kind"].AddError($"The exception kind {kind} is not mapped.", ReasonCodes.CodeUnmapped);
        }

        if (state is not ("open" or "closed" or ""))
        {
            field["state"].AddError($"{field["state"].Path} must be open or closed.");
        }

        return new CarrierException(kind, state, field["reason"].Text());
    }

    private static readonly HashSet<string> ExceptionKinds = new(StringComparer.Ordinal)
    {
        "delayed", "attempt-failed", "refused", "damaged", "lost", "returning", "returned", "held", "address", "misrouted", "customs",
        "missed-pickup",
    };

    private static ProofOfDelivery Proof(FieldReader pod)
    {
        if (!pod.IsPresent)
        {
            return new ProofOfDelivery(null, null, null);
        }

        pod.RequiredObject();
        var lines = pod["lines"].IsPresent
            ? pod["lines"].Items(required: false).ConvertAll(line => new ProofLine(
                line["line"].RequiredText(), line["delivered"].RequiredQuantity(), line["refused"].Quantity() ?? 0,
                line["damaged"].Quantity() ?? 0))
            : null;
        return new ProofOfDelivery(pod["signedBy"].Text(), pod["document"].Text(), lines);
    }

    private static FactData Failed(FieldReader data)
    {
        var key = data["key"].RequiredText(Lengths.CommandKey);
        var (kind, document, slice, number) = CommandKeyParts.From(key);
        return new()
        {
            Command = new CommandOutcomeSnapshot(
                key, kind, document, slice, number, null, null, data["code"].RequiredText(Lengths.Code), data["reason"].Text(), null, null,
                null),
        };
    }

    private static T? Own<T>(FieldReader field, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        if (field.RequiredObject().Kind != JsonValueKind.Object)
        {
            return null;
        }

        try
        {
            return field.Element.Deserialize(type);
        }
        catch (JsonException error)
        {
            field.AddError($"{field.Path} is not complete: {error.Message}");
            return null;
        }
    }
}

/// <summary>Splits a command's key into its parts. Only the whole key identifies; the parts inform.</summary>
internal static class CommandKeyParts
{
    public static (string Kind, string Document, string? Slice, int Number) From(string key)
    {
        var slash = key.LastIndexOf('/');
        var number = slash > 0 && int.TryParse(key.AsSpan(slash + 1), out var n) ? n : 0;
        var parts = CommandKeys.SeriesOf(key).Split(':', 3);
        return (parts[0], parts.Length > 1 ? parts[1] : "", parts.Length > 2 ? parts[2] : null, number);
    }
}
