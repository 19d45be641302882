using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>855: the order is accepted (BAK02 AK) or cancelled (RJ), without detail.</summary>
internal sealed record OrderAcknowledgement(string Type, string Order, DateOnly Date)
{
    public void Write(X12Writer writer) => writer.Segment("BAK", "00", Type, Order, X12Values.Text(Date));

    public static OrderAcknowledgement Read(X12Set set) => set.Root.Find("BAK") is { } bak
        ? new(bak[2], bak[3], X12Values.Date(bak[4])!.Value)
        : throw new ArgumentException("No 855.", nameof(set));
}

/// <summary>
/// 856: the order has shipped. What was shipped is in the warehouse's own documents; the tower's stage only shows that
/// it was.
/// </summary>
internal sealed record ShipNotice(string Shipment, string Order, DateTime At)
{
    public void Write(X12Writer writer)
    {
        writer.Segment("BSN", "00", Shipment, At.ToString("yyyyMMdd"), At.ToString("HHmm"), "0001");
        writer.Segment("HL", "1", null, "S");
        writer.Segment("DTM", "011", At.ToString("yyyyMMdd"), At.ToString("HHmm"));
        writer.Segment("HL", "2", "1", "O");
        writer.Segment("PRF", Order);
        writer.Segment("CTT", "2");
    }

    public static ShipNotice Read(X12Set set)
    {
        var bsn = set.Root.Find("BSN")!;
        var order = set.Root.Each("HL").Single(level => level.Lines[0][3] == "O");
        return new ShipNotice(bsn[2], order.Find("PRF")![1], X12Values.Date(bsn[3])!.Value.ToDateTime(X12Values.Time(bsn[4])!.Value));
    }
}

/// <summary>update-order-status: the stages that X12 has a document for.</summary>
internal static class OrderStatusDocuments
{
    public static OutDocument Create(TowerCommand command, PartnerProfile profile)
    {
        var (order, stage) = (command.Reference("order") ?? "", command.Text("stage"));
        if (order.Length is 0 or > 22)
        {
            return OutDocument.Refused("NUMBER_TOO_LONG", $"The order number {order} is longer than X12 can carry (22 characters).");
        }

        var at = DateTimeOffset.TryParse(command.Text("at"), out var parsed) ? parsed : command.At;
        var local = TimeZoneInfo.ConvertTime(at, profile.Zone).DateTime;
        var minute = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0);
        return stage switch
        {
            "accepted" => Out("855", order, new OrderAcknowledgement("AK", order, DateOnly.FromDateTime(local)).Write),
            "cancelled" => Out("855", order, new OrderAcknowledgement("RJ", order, DateOnly.FromDateTime(local)).Write),
            "shipped" => Out("856", order, new ShipNotice(command.DocumentNumber(30, order) ?? order, order, minute).Write),
            _ => OutDocument.Nothing($"X12 has no document for an order that is {stage}; nothing was sent."),
        };
    }

    private static OutDocument Out(string set, string name, Action<X12Writer> body) => new() { Set = set, Name = name, Body = body };
}
