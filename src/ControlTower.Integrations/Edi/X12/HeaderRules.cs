namespace ControlTower.Integrations.Edi.X12;

/// <summary>Judges ISA.</summary>
internal static class HeaderRules
{
    public static void Check(X12Segment isa, X12InterchangeVerdict verdict, X12Rules rules)
    {
        var header = verdict.Header!;
        CheckWidths(isa, verdict, rules);
        if (header.Control.Length != 9 || !header.Control.All(char.IsAsciiDigit))
        {
            Add(verdict, X12FaultCode.HeaderControlNumber, $"ISA13 is {X12Text.Shown(isa[13])} instead of nine digits.", rules.Strict);
        }

        if (header.Version.Length != 5 || !(header.Version.StartsWith("004", StringComparison.Ordinal) || header.Version == "00501"))
        {
            Add(verdict, X12FaultCode.InterchangeVersionUnsupported, $"ISA12 is {X12Text.Shown(isa[12])}; versions 00400 to 00499 and 00501 are read.", rules.Strict);
        }

        if (!Is(rules.Sender, header.Sender) || !Is(rules.SenderQualifier, header.SenderQualifier))
        {
            Add(verdict, X12FaultCode.SenderUnknown, $"The sender {X12Text.Shown(isa[5])} {X12Text.Shown(isa[6])} is not this partner.", refuses: true);
        }

        if (!Is(rules.Receiver, header.Receiver) || !Is(rules.ReceiverQualifier, header.ReceiverQualifier))
        {
            Add(verdict, X12FaultCode.ReceiverUnknown, $"The receiver {X12Text.Shown(isa[7])} {X12Text.Shown(isa[8])} is not us.", refuses: true);
        }
    }

    private static void CheckWidths(X12Segment isa, X12InterchangeVerdict verdict, X12Rules rules)
    {
        for (var i = 1; i <= 16; i++)
        {
            var width = X12Header.Widths[i - 1];
            if (X12Text.Length(isa[i]) is var length && length != width)
            {
                Add(verdict, X12FaultCode.HeaderPadding, $"ISA{i:00} has {length} characters instead of {width}.", rules.Strict);
                return;
            }

            if (width > 1 && X12Text.Decode(isa[i]).Contains('\u00A0', StringComparison.Ordinal))
            {
                Add(verdict, X12FaultCode.HeaderPadding, $"ISA{i:00} is padded with something else than blanks.", rules.Strict);
                return;
            }
        }
    }

    private static bool Is(string? wanted, string given) => wanted is null || string.Equals(wanted, given, StringComparison.Ordinal);

    private static void Add(X12InterchangeVerdict verdict, X12FaultCode code, string sentence, bool refuses) =>
        X12InterchangeVerdict.Add(verdict.Faults, new X12Fault(code, sentence, refuses));
}
