using System.Globalization;

namespace ControlTower.Integrations.Edi.Edifact;

/// <summary>Judges what opens and closes messages and interchanges: parties, counts, references.</summary>
/// <param name="rules">The partner's.</param>
internal sealed class EdifactEnvelopeRules(EdifactRules rules)
{
    private readonly HashSet<string> _references = new(StringComparer.Ordinal);

    public void OpensInterchange(EdifactInterchangeVerdict interchange, EdifactSegment unb)
    {
        _references.Clear();
        if (!unb[1].StartsWith("UNO", StringComparison.Ordinal))
        {
            Add(interchange.Faults, EdifactFaultCode.SyntaxUnsupported, $"UNB01 is {EdifactText.Shown(unb[1])} instead of UNOA to UNOZ.", refuses: true);
        }

        if (rules.Sender is { } sender && sender != unb[2])
        {
            Add(interchange.Faults, EdifactFaultCode.SenderUnknown, $"The sender {EdifactText.Shown(unb[2])} is not this partner.", refuses: true);
        }

        if (rules.Receiver is { } receiver && receiver != unb[3])
        {
            Add(interchange.Faults, EdifactFaultCode.ReceiverUnknown, $"The receiver {EdifactText.Shown(unb[3])} is not us.", refuses: true);
        }
    }

    public void OpensMessage(EdifactMessageVerdict message)
    {
        if (!rules.Messages.Contains(message.Type))
        {
            Add(message.Faults, EdifactFaultCode.MessageUnsupported, $"Message {EdifactText.Shown(message.Type)} is not taken from this partner.", refuses: true);
        }

        if (!_references.Add(message.Reference))
        {
            Add(message.Faults, EdifactFaultCode.MessageReferenceRepeated, $"UNH01 {EdifactText.Shown(message.Reference)} is there twice.", refuses: true);
        }
    }

    public void ClosesMessage(EdifactMessageVerdict message, EdifactSegment unt)
    {
        if (!Counts(unt[1], message.Segments))
        {
            Add(message.Faults, EdifactFaultCode.SegmentCountDiffers,
                $"UNT01 of {EdifactText.Shown(message.Reference)} says {EdifactText.Shown(unt[1])} segments; there are {message.Segments}.", rules.Strict);
        }

        if (unt[2] != message.Reference)
        {
            Add(message.Faults, EdifactFaultCode.MessageReferenceDiffers, $"UNT02 {EdifactText.Shown(unt[2])} is not UNH01 {EdifactText.Shown(message.Reference)}.", rules.Strict);
        }
    }

    /// <param name="expected">Groups where there are any, else messages.</param>
    public void ClosesInterchange(EdifactInterchangeVerdict interchange, int expected, EdifactSegment unz)
    {
        if (!Counts(unz[1], expected))
        {
            Add(interchange.Faults, EdifactFaultCode.InterchangeCountDiffers, $"UNZ01 says {EdifactText.Shown(unz[1])}; there are {expected}.", rules.Strict);
        }

        if (unz[2] != interchange.Reference)
        {
            Add(interchange.Faults, EdifactFaultCode.InterchangeReferenceDiffers,
                $"UNZ02 {EdifactText.Shown(unz[2])} is not UNB05 {EdifactText.Shown(interchange.Reference!)}.", rules.Strict);
        }
    }

    /// <summary>Only the very last segment may lack its terminator, and only UNZ shows that nothing else does.</summary>
    public void Unterminated(EdifactInterchangeVerdict interchange, EdifactSegment segment) =>
        Add(interchange.Faults, EdifactFaultCode.Unterminated, "The last segment has no terminator.", rules.Strict || segment.Tag != "UNZ");

    private static bool Counts(string text, int expected) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == expected;

    private static void Add(List<EdifactFault> faults, EdifactFaultCode code, string sentence, bool refuses) =>
        EdifactInterchangeVerdict.Add(faults, new EdifactFault(code, sentence, refuses));
}

/// <summary>Text of a partner as it may be shown.</summary>
internal static class EdifactText
{
    private const int Longest = 35;

    public static string Shown(string text) => string.Concat(text.Take(Longest).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
}
