using System.Buffers;
using System.Globalization;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>Makes documents of commands, and interchanges of documents.</summary>
internal static class CommandDocuments
{
    public static OutDocument Create(CommandEnvelope envelope, PartnerProfile profile)
    {
        var command = TowerCommand.Parse(envelope);
        return envelope.Kind switch
        {
            "release-fulfilment" => WarehouseOrder.Release(command, profile),
            "cancel-fulfilment" => WarehouseOrder.Cancel(command, profile),
            "tender-shipment" => LoadTender.Tender(command, profile),
            "create-invoice" => CustomerInvoice.Issue(command, profile),
            "update-order-status" => OrderStatusDocuments.Create(command, profile),
            _ => OutDocument.Refused("NO_DOCUMENT",
                $"There is no EDI document for {envelope.Kind}; do it there by hand, or set the command's mode to native or observe."),
        };
    }

    /// <summary>One interchange with one group and one set; the three share the control number.</summary>
    /// <param name="at">When the number was given: the same for every writing of it.</param>
    public static (byte[]? Bytes, string? Error) Write(OutDocument document, PartnerProfile profile, int number, DateTimeOffset at) =>
        Interchange(profile, profile.Version, number, at, (writer, control, local) =>
        {
            writer.BeginGroup(SetRules.Find(document.Set, profile.Version)!.GroupCode, OurGroup(profile), PartnerGroup(profile), local,
                control, profile.Version);
            writer.BeginSet(document.Set, "0001");
            document.Body!(writer);
            writer.EndSet();
            writer.EndGroup();
        });

    /// <summary>The acknowledgement of a received interchange, in the release in which it was written.</summary>
    public static (byte[]? Bytes, string? Error) Answer(X12InterchangeResult result, PartnerProfile profile, int number, DateTimeOffset at)
    {
        var release = Acknowledgement.ReleaseOf(result) ?? profile.Version;
        return Interchange(profile, release, number, at, (writer, control, local) =>
        {
            if (profile.Acknowledge == "997+TA1" && Acknowledgement.NeedsTa1(result))
            {
                Acknowledgement.WriteTa1(writer, result);
            }

            Acknowledgement.Write997(writer, result, OurGroup(profile), PartnerGroup(profile), local, control, release);
        });
    }

    /// <summary>The acknowledgement of a received interchange of EDIFACT: CONTRL.</summary>
    public static byte[] Answer(EdifactInterchangeResult result, PartnerProfile profile, int number, DateTimeOffset at) =>
        Control.Write(result, number, TimeZoneInfo.ConvertTime(at, profile.Zone).DateTime, profile.LineBreaks);

    private static (byte[]? Bytes, string? Error) Interchange(
        PartnerProfile profile, string release, int number, DateTimeOffset at, Action<X12Writer, string, DateTime> write)
    {
        var local = TimeZoneInfo.ConvertTime(at, profile.Zone).DateTime;
        var output = new ArrayBufferWriter<byte>();
        var writer = new X12Writer(output, profile.DelimitersFor(release), profile.LineBreaks);
        writer.BeginInterchange(new X12Header
        {
            SenderQualifier = profile.OurQualifier,
            Sender = profile.OurId,
            ReceiverQualifier = profile.PartnerQualifier,
            Receiver = profile.PartnerId,
            Date = local.ToString("yyMMdd", CultureInfo.InvariantCulture),
            Time = local.ToString("HHmm", CultureInfo.InvariantCulture),
            Version = X12Releases.InterchangeVersion(release),
            Control = number.ToString("000000000", CultureInfo.InvariantCulture),
            Usage = profile.Usage,
        });
        write(writer, number.ToString(CultureInfo.InvariantCulture), local);
        writer.EndInterchange();
        return writer.Error is { } error ? (null, error) : (output.WrittenSpan.ToArray(), null);
    }

    private static string OurGroup(PartnerProfile profile) => profile.OurGroupId ?? profile.OurId;

    private static string PartnerGroup(PartnerProfile profile) => profile.PartnerGroupId ?? profile.PartnerId;
}
