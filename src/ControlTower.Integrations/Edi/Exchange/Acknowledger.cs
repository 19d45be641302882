using System.Globalization;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Edi.X12;
using ControlTower.Integrations.Files;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Acknowledges a partner's interchanges by 997, TA1 or CONTRL, as the profile defines.</summary>
internal sealed class Acknowledger(PartnerProfile profile, DropFolder folder, ControlNumbers numbers)
{
    /// <summary>
    /// The acknowledgement's number belongs to the interchange that it answers, so a repeat is the same file. Unknown
    /// senders get none.
    /// </summary>
    public void Acknowledge(ValidatedInterchange interchange)
    {
        if (profile.Acknowledge != "none" && interchange.Edifact is { } edifact && Control.Needs(edifact))
        {
            var issued = NumberOf("CONTRL", interchange);
            HandOver("CONTRL", issued, CommandDocuments.Answer(edifact, profile, issued.Number, issued.At));
            return;
        }

        AcknowledgeX12(interchange);
    }

    private void AcknowledgeX12(ValidatedInterchange interchange)
    {
        var isStranger = interchange.X12?.Errors.Exists(
            error => error.Code is X12ErrorCode.SenderUnknown or X12ErrorCode.ReceiverUnknown) == true;
        if (profile.Acknowledge == "none" || isStranger || interchange.X12 is not { Header: not null } result)
        {
            return;
        }

        if (!Acknowledgement.Needs997(result) && !(profile.Acknowledge == "997+TA1" && Acknowledgement.NeedsTa1(result)))
        {
            return;
        }

        var issued = NumberOf("997", interchange);
        if (CommandDocuments.Answer(result, profile, issued.Number, issued.At).Bytes is { } bytes)
        {
            HandOver("997", issued, bytes);
        }
    }

    private IssuedNumber NumberOf(string answer, ValidatedInterchange interchange) =>
        numbers.For($"{answer}:{interchange.Source}:{interchange.Control}:{interchange.Content[..16]}");

    private void HandOver(string answer, IssuedNumber issued, byte[] bytes) =>
        folder.HandOver(string.Create(CultureInfo.InvariantCulture, $"{answer}-{issued.Number:000000000}.edi"), bytes);
}
