using System.Globalization;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>The events of an X12 interchange.</summary>
internal static class X12Events
{
    public static IEnumerable<byte[]> Read(Stream stream, ValidatedInterchange interchange, Func<int, string?> keyOf)
    {
        var result = interchange.X12!;
        yield return EdiRecords.Record(interchange);
        for (var i = 0; i < result.Answers.Count; i++)
        {
            var ta1 = result.Answers[i];
            var key = NumberIn(ta1, 1) is { } number ? keyOf(number) : null;
            yield return new EdiEvent { Set = EdiEvent.Ta1, InterchangeControl = result.Header!.Control, Aspect = "interchange",
                Lines = [ta1], Key = key }.Write(interchange.Source, i);
        }

        foreach (var group in result.Groups)
        {
            foreach (var set in group.Sets)
            {
                var bytes = stream.ReadPart(set.Offset, set.Length);
                var envelope = new EdiEvent
                {
                    Set = set.Id, Version = group.Version, InterchangeControl = result.Header!.Control, GroupControl = group.Control,
                    SetControl = set.Control,
                };
                if (!group.Accepted || !set.Accepted)
                {
                    var errors = group.Errors.Select(error => error.Sentence).Concat(set.Errors.Select(error => error.Sentence))
                        .Concat(set.SegmentErrors.Select(error => error.Sentence));
                    yield return EdiRecords.Refusal(interchange.Source,
                        $"{envelope.InterchangeControl}.{envelope.GroupControl}.{envelope.SetControl}.refused", bytes,
                        string.Join(" ", errors.Take(5)));
                    continue;
                }

                var part = 0;
                foreach (var (aspect, lines) in SetSplitter.Split(X12Set.Read(bytes, result.Delimiters, version: group.Version)))
                {
                    yield return (envelope with { Aspect = aspect, Lines = lines, Key = KeyOf(set.Id, lines, keyOf) })
                        .Write(interchange.Source, part++);
                }
            }
        }
    }

    /// <summary>
    /// Control numbers of our interchanges that its 997s speak of, and of those that its TA1s refuse: no 997 follows
    /// such a one.
    /// </summary>
    public static IEnumerable<int> Answered(Stream stream, X12InterchangeResult result) =>
        from number in Acknowledged(stream, result).Concat(result.Answers.Where(ta1 => ta1[4] == "R").Select(ta1 => NumberIn(ta1, 1)))
        where number is not null
        select number.Value;

    private static IEnumerable<int?> Acknowledged(Stream stream, X12InterchangeResult result) =>
        from accepted in result.AcceptedSets()
        where accepted.Set.Id == "997"
        select NumberIn(X12Set.Read(stream.ReadPart(accepted.Set.Offset, accepted.Set.Length), result.Delimiters,
            version: accepted.Group.Version).Root.Find("AK1"), 2);

    /// <summary>The group's control number that a 997 answers is the number that its interchange was given.</summary>
    private static string? KeyOf(string set, IReadOnlyList<X12Line> lines, Func<int, string?> keyOf) =>
        set == "997" && NumberIn(lines.FirstOrDefault(line => line.Id == "AK1"), 2) is { } number ? keyOf(number) : null;

    private static int? NumberIn(X12Line? line, int element) =>
        int.TryParse(line?[element], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
