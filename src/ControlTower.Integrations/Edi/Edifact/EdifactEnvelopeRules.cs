using System.Globalization;

namespace ControlTower.Integrations.Edi.Edifact;

/// <summary>Validates what opens and closes messages and interchanges: parties, counts, references.</summary>
/// <param name="rules">The partner's.</param>
internal sealed class EdifactEnvelopeRules(EdifactRules rules)
{
    private readonly HashSet<string> _references = new(StringComparer.Ordinal);

    public void OpensInterchange(EdifactInterchangeResult interchange, EdifactSegment unb)
    {
        _references.Clear();
        if (!unb[1].StartsWith("UNO", StringComparison.Ordinal))
        {
            Add(interchange.Errors, EdifactErrorCode.SyntaxUnsupported,
                $"UNB01 is {EdifactText.ForDisplay(unb[1])} instead of UNOA to UNOZ.", refuses: true);
        }

        if (rules.Sender is { } sender && sender != unb[2])
        {
            Add(interchange.Errors, EdifactErrorCode.SenderUnknown, $"The sender {EdifactText.ForDisplay(unb[2])} is not this partner.",
                refuses: true);
        }

        if (rules.Receiver is { } receiver && receiver != unb[3])
        {
            Add(interchange.Errors, EdifactErrorCode.ReceiverUnknown, $"The receiver {EdifactText.ForDisplay(unb[3])} is not us.",
                refuses: true);
        }
    }

    public void OpensMessage(EdifactMessageResult message)
    {
        if (!rules.Messages.Contains(message.Type))
        {
            Add(message.Errors, EdifactErrorCode.MessageUnsupported,
                $"Message {EdifactText.ForDisplay(message.Type)} is not taken from this partner.", refuses: true);
        }

        if (!_references.Add(message.Reference))
        {
            Add(message.Errors, EdifactErrorCode.MessageReferenceRepeated,
                $"UNH01 {EdifactText.ForDisplay(message.Reference)} is there twice.", refuses: true);
        }
    }

    public void ClosesMessage(EdifactMessageResult message, EdifactSegment unt)
    {
        if (!Counts(unt[1], message.Segments))
        {
            Add(message.Errors, EdifactErrorCode.SegmentCountDiffers,
                $"UNT01 of {EdifactText.ForDisplay(message.Reference)} states {EdifactText.ForDisplay(unt[1])} segments; there are "
                + $"{message.Segments}.", rules.Strict);
        }

        if (unt[2] != message.Reference)
        {
            Add(message.Errors, EdifactErrorCode.MessageReferenceDiffers,
                $"UNT02 {EdifactText.ForDisplay(unt[2])} is not UNH01 {EdifactText.ForDisplay(message.Reference)}.", rules.Strict);
        }
    }

    /// <param name="expected">Groups where there are any, else messages.</param>
    public void ClosesInterchange(EdifactInterchangeResult interchange, int expected, EdifactSegment unz)
    {
        if (!Counts(unz[1], expected))
        {
            Add(interchange.Errors, EdifactErrorCode.InterchangeCountDiffers,
                $"UNZ01 states {EdifactText.ForDisplay(unz[1])}; there are {expected}.", rules.Strict);
        }

        if (unz[2] != interchange.Reference)
        {
            Add(interchange.Errors, EdifactErrorCode.InterchangeReferenceDiffers,
                $"UNZ02 {EdifactText.ForDisplay(unz[2])} is not UNB05 {EdifactText.ForDisplay(interchange.Reference!)}.", rules.Strict);
        }
    }

    /// <summary>
    /// Only the very last segment may lack its terminator, and only for UNZ is it certain that nothing else is missing.
    /// </summary>
    public void Unterminated(EdifactInterchangeResult interchange, EdifactSegment segment) =>
        Add(interchange.Errors, EdifactErrorCode.Unterminated, "The last segment has no terminator.", rules.Strict || segment.Tag != "UNZ");

    private static bool Counts(string text, int expected) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == expected;

    private static void Add(List<EdifactError> errors, EdifactErrorCode code, string sentence, bool refuses) =>
        EdifactInterchangeResult.Add(errors, new EdifactError(code, sentence, refuses));
}

/// <summary>Text of a partner as it may be shown.</summary>
internal static class EdifactText
{
    private const int Longest = 35;

    public static string ForDisplay(string text) =>
        string.Concat(text.Take(Longest).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
}
