using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Integrations.EasyPost;

/// <summary>
/// Makes milestones, estimates, exceptions and proofs of EasyPost's reports on a parcel. Its subject is the tracking
/// number.
/// </summary>
internal sealed class TrackerTranslator : IEventTranslator
{
    private const int LongestReason = 500;

    public IReadOnlyCollection<string> Reads { get; } =
        [EasyPostTypes.Scan, EasyPostTypes.Relief, EasyPostTypes.Estimate, EasyPostTypes.Proof, EasyPostTypes.Other];

    public TranslateResult Translate(TranslateContext context)
    {
        if (context.Type == EasyPostTypes.Other)
        {
            return TranslateResult.OfNoInterest($"EasyPost's {context.Data["description"].Text() ?? "event"} is not about a tracker.");
        }

        var tracker = context.Data["tracker"].RequiredObject();
        if (tracker["tracking_details"].IsPresent)
        {
            tracker["tracking_details"].AddError("data.tracker.tracking_details must be a list of scans.");
            return TranslateResult.OfNoInterest("");
        }

        var number = tracker["tracking_code"].RequiredText();
        return tracker["is_return"].Flag()
            ? TranslateResult.OfNoInterest($"Parcel {number} carries goods back; its scans are not about a delivery.")
            : context.Type switch
            {
                EasyPostTypes.Estimate => Estimate(context, tracker, number),
                EasyPostTypes.Proof => Proof(context, tracker, number),
                EasyPostTypes.Relief => Relief(context, tracker, number),
                _ => Scan(context, tracker, number),
            };
    }

    private static TranslateResult Scan(TranslateContext context, FieldReader tracker, string number)
    {
        var detail = context.Data["tracking_detail"].RequiredObject();
        var at = Required(detail["datetime"]);
        var (code, meaning) = MeaningOf(context, detail);
        if (meaning is null)
        {
            detail["status_detail"].AddError(CodeLookup.Refuse(
                EasyPostCodes.Scheme, EasyPostCodes.Version, code, detail["status_detail"].Path));
            return TranslateResult.OfNoInterest("");
        }

        var isOnItsWayBack = context.Data["returning"].Flag();
        return (EasyPostCodes.ExceptionOf(meaning), isOnItsWayBack) switch
        {
            _ when meaning == CodeMap.OfNoInterest => TranslateResult.OfNoInterest($"{code} reports nothing new about the parcel."),
            ({ } kind, _) => Exception(context, tracker, detail, number, kind, "open", at),
            (null, true) when meaning == Milestones.ShipmentDelivered =>
                Exception(context, tracker, detail, number, "returned", "open", at),
            (null, true) => TranslateResult.OfNoInterest($"Parcel {number} is on its way back; {code} is not about a delivery."),
            _ => context.Fact(meaning, number, at, InTransit(tracker, detail, number)),
        };
    }

    /// <summary>A scan in transit ends the exception of an earlier one, if that is of a kind that ends.</summary>
    private static TranslateResult Relief(TranslateContext context, FieldReader tracker, string number)
    {
        var (detail, complaint) = (context.Data["tracking_detail"].RequiredObject(), context.Data["relieves"].RequiredObject());
        var (at, since) = (Required(detail["datetime"]), Required(complaint["datetime"]));
        var kind = EasyPostCodes.ExceptionOf(MeaningOf(context, complaint).Meaning);
        var (code, meaning) = MeaningOf(context, detail);
        return kind is not null && EasyPostCodes.Passing.Contains(kind) && EasyPostCodes.IsMilestone(meaning)
            ? Exception(context, tracker, detail, number, kind, "closed", at > since ? at : since?.AddMilliseconds(1))
            : TranslateResult.OfNoInterest($"{code} ends no open exception.");
    }

    /// <summary>
    /// The day at the destination where the carrier names one; a midnight in UTC is a day written as an instant. It
    /// never advances progress.
    /// </summary>
    private static TranslateResult Estimate(TranslateContext context, FieldReader tracker, string number)
    {
        const string midnight = "T00:00:00Z";
        var estimate = context.Data["est_delivery_date"].RequiredText();
        var day = context.Data["est_delivery_date_local"].Text()
            ?? (estimate.EndsWith(midnight, StringComparison.Ordinal) ? estimate[..^midnight.Length] : estimate);
        var data = InTransit(tracker, null, number);
        data["estimatedDelivery"] = day;
        return context.Fact(Milestones.ShipmentEstimate, number, Required(context.Data["updated_at"]), data);
    }

    private static TranslateResult Proof(TranslateContext context, FieldReader tracker, string number)
    {
        var data = InTransit(tracker, null, number);
        data["pod"] = new JsonObject { ["signedBy"] = context.Data["signed_by"].RequiredText() };
        return context.Fact(Milestones.DeliveryPod, number, Required(context.Data["datetime"]), data);
    }

    private static TranslateResult Exception(
        TranslateContext context, FieldReader tracker, FieldReader detail, string number, string kind, string state, DateTimeOffset? at)
    {
        var data = InTransit(tracker, detail, number);
        data.Remove("reason");
        data["exception"] = new JsonObject { ["kind"] = kind, ["state"] = state, ["reason"] = Reason(detail) };
        return context.Fact(Milestones.ShipmentException, number, at, data);
    }

    private static (string Code, string? Meaning) MeaningOf(TranslateContext context, FieldReader detail)
    {
        var code = EasyPostCodes.For(detail["status"].RequiredText(), detail["status_detail"].Text());
        return (code, context.Codes.Find(EasyPostCodes.Scheme, EasyPostCodes.Version, code));
    }

    private static DateTimeOffset? Required(FieldReader time)
    {
        time.RequiredText();
        return time.Instant(TimeZoneInfo.Utc);
    }

    private static JsonObject InTransit(FieldReader tracker, FieldReader? detail, string number)
    {
        var road = new JsonObject { ["tracking"] = number };
        if (tracker["carrier"].Text() is { } carrier)
        {
            road["carrier"] = carrier;
        }

        if (detail is { } scan)
        {
            var place = scan["tracking_location"];
            var parts = new[] { place["city"].Text(), place["state"].Text(), place["country"].Text() }.Where(part => part is not null);
            road["location"] = string.Join(", ", parts) is { Length: > 0 } location ? location : null;
            road["reason"] = Reason(scan);
        }

        return road;
    }

    private static string? Reason(FieldReader detail) =>
        detail["message"].Text(int.MaxValue) is { Length: > 0 } message ? message[..Math.Min(message.Length, LongestReason)] : null;
}
