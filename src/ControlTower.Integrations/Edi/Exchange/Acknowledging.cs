using System.Globalization;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Edi.X12;
using ControlTower.Integrations.Files;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Answers a partner's interchanges by 997, TA1 or CONTRL, as his profile wants it.</summary>
internal sealed class Acknowledging(PartnerProfile profile, DropFolder folder, ControlNumbers numbers)
{
    /// <summary>The answer's number belongs to the interchange that it answers, so a repeat is the same file. Strangers are not answered.</summary>
    public void Acknowledge(JudgedInterchange interchange)
    {
        if (profile.Acknowledge != "none" && interchange.Edifact is { } edifact && Control.Needs(edifact))
        {
            var given = NumberOf("CONTRL", interchange);
            HandOver("CONTRL", given, CommandDocuments.Answer(edifact, profile, given.Number, given.At));
            return;
        }

        AcknowledgeX12(interchange);
    }

    private void AcknowledgeX12(JudgedInterchange interchange)
    {
        var isStranger = interchange.X12?.Faults.Exists(fault => fault.Code is X12FaultCode.SenderUnknown or X12FaultCode.ReceiverUnknown) == true;
        if (profile.Acknowledge == "none" || isStranger || interchange.X12 is not { Header: not null } verdict)
        {
            return;
        }

        if (!Acknowledgement.Needs997(verdict) && !(profile.Acknowledge == "997+TA1" && Acknowledgement.NeedsTa1(verdict)))
        {
            return;
        }

        var given = NumberOf("997", interchange);
        if (CommandDocuments.Answer(verdict, profile, given.Number, given.At).Bytes is { } bytes)
        {
            HandOver("997", given, bytes);
        }
    }

    private GivenNumber NumberOf(string answer, JudgedInterchange interchange) => numbers.For($"{answer}:{interchange.Source}:{interchange.Control}:{interchange.Content[..16]}");

    private void HandOver(string answer, GivenNumber given, byte[] bytes) =>
        folder.HandOver(string.Create(CultureInfo.InvariantCulture, $"{answer}-{given.Number:000000000}.edi"), bytes);
}
