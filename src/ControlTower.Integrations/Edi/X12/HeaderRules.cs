namespace ControlTower.Integrations.Edi.X12;

/// <summary>Validates ISA.</summary>
internal static class HeaderRules
{
    public static void Check(X12Segment isa, X12InterchangeResult result, X12Rules rules)
    {
        var header = result.Header!;
        CheckWidths(isa, result, rules);
        if (header.Control.Length != 9 || !header.Control.All(char.IsAsciiDigit))
        {
            Add(result, X12ErrorCode.HeaderControlNumber, $"ISA13 is {X12Text.ForDisplay(isa[13])} instead of nine digits.", rules.Strict);
        }

        if (header.Version.Length != 5 || !(header.Version.StartsWith("004", StringComparison.Ordinal) || header.Version == "00501"))
        {
            Add(result, X12ErrorCode.InterchangeVersionUnsupported,
                $"ISA12 is {X12Text.ForDisplay(isa[12])}; versions 00400 to 00499 and 00501 are read.", rules.Strict);
        }

        if (!Is(rules.Sender, header.Sender) || !Is(rules.SenderQualifier, header.SenderQualifier))
        {
            Add(result, X12ErrorCode.SenderUnknown,
                $"The sender {X12Text.ForDisplay(isa[5])} {X12Text.ForDisplay(isa[6])} is not this partner.", refuses: true);
        }

        if (!Is(rules.Receiver, header.Receiver) || !Is(rules.ReceiverQualifier, header.ReceiverQualifier))
        {
            Add(result, X12ErrorCode.ReceiverUnknown, $"The receiver {X12Text.ForDisplay(isa[7])} {X12Text.ForDisplay(isa[8])} is not us.",
                refuses: true);
        }
    }

    private static void CheckWidths(X12Segment isa, X12InterchangeResult result, X12Rules rules)
    {
        for (var i = 1; i <= 16; i++)
        {
            var width = X12Header.Widths[i - 1];
            if (X12Text.Length(isa[i]) is var length && length != width)
            {
                Add(result, X12ErrorCode.HeaderPadding, $"ISA{i:00} has {length} characters instead of {width}.", rules.Strict);
                return;
            }

            if (width > 1 && X12Text.Decode(isa[i]).Contains('\u00A0', StringComparison.Ordinal))
            {
                Add(result, X12ErrorCode.HeaderPadding, $"ISA{i:00} is padded with something else than blanks.", rules.Strict);
                return;
            }
        }
    }

    private static bool Is(string? expected, string actual) =>
        expected is null || string.Equals(expected, actual, StringComparison.Ordinal);

    private static void Add(X12InterchangeResult result, X12ErrorCode code, string sentence, bool refuses) =>
        X12InterchangeResult.Add(result.Errors, new X12Error(code, sentence, refuses));
}
