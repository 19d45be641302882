using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>A claimed file, validated: nothing of it counts before it was read to its end.</summary>
internal sealed class EdiFile(IReadOnlyList<ValidatedInterchange> interchanges)
{
    public IReadOnlyList<ValidatedInterchange> Interchanges { get; } = interchanges;

    /// <summary>Reads the file once and validates it by the partner's profile.</summary>
    public static EdiFile Validate(Stream stream, PartnerProfile profile) => new(InterchangeValidation.Validate(stream, profile));

    /// <summary>Every event of the file, in order, always the same.</summary>
    /// <param name="keyOf">The command for whose document a control number was given.</param>
    /// <param name="known">Interchanges without new content.</param>
    /// <param name="reused">Interchanges whose control number belongs to another one.</param>
    public IEnumerable<byte[]> Events(Stream stream, Func<int, string?> keyOf, IReadOnlyList<int> known, IReadOnlyList<int> reused)
    {
        for (var i = 0; i < Interchanges.Count; i++)
        {
            if (known.Contains(i))
            {
                continue;
            }

            var interchange = Interchanges[i];
            var events = reused.Contains(i)
                ? [EdiRecords.Refusal(
                    stream, interchange, $"Control number {interchange.Control} was used before for another interchange.")]
                : !interchange.Accepted ? [EdiRecords.Refusal(stream, interchange, string.Join(" ", interchange.Sentences.Take(5)))]
                : interchange.X12 is not null ? X12Events.Read(stream, interchange, keyOf) : EdifactEvents.Read(stream, interchange);
            foreach (var item in events)
            {
                yield return item;
            }
        }
    }

    /// <summary>Control numbers of our interchanges that are answered by it.</summary>
    public IEnumerable<int> Answered(Stream stream) => Interchanges.Select(interchange => interchange.X12).OfType<X12InterchangeResult>()
        .Where(result => result.Accepted).SelectMany(result => X12Events.Answered(stream, result));
}
