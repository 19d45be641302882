using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>
/// One interchange of a file, whichever its syntax: what the exchange needs to take it in, answer it and say what was
/// wrong.
/// </summary>
/// <param name="Source">Who sent to whom: the source of its events.</param>
/// <param name="Control">ISA13 or UNB05; null when the bytes begin no interchange.</param>
/// <param name="Content">SHA-256 of its bytes, lower-case hex.</param>
internal sealed record ValidatedInterchange(
    string Source, string? Control, string Content, bool Accepted, X12InterchangeResult? X12, EdifactInterchangeResult? Edifact)
{
    public string Id => $"interchange.{Control}";

    /// <summary>For what only the register of earlier ones knows.</summary>
    public void Refuse(string sentence)
    {
        X12?.Errors.Add(new X12Error(X12ErrorCode.InterchangeRepeated, sentence, Refuses: true));
        Edifact?.Errors.Add(new EdifactError(EdifactErrorCode.InterchangeRepeated, sentence, Refuses: true));
    }

    public IEnumerable<string> Sentences => X12?.Sentences() ?? Edifact!.Sentences();

    /// <summary>Documents that are refused while the interchange is not.</summary>
    public int RefusedDocuments => !Accepted ? 0
        : X12 is not null ? X12.Groups.Sum(group => group.Sets.Count) - X12.AcceptedSets().Count()
        : Edifact!.Messages.Count(message => !message.Accepted);
}
