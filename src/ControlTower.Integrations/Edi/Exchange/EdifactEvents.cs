using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.Edifact;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>The events of an EDIFACT interchange.</summary>
internal static class EdifactEvents
{
    public static IEnumerable<byte[]> Read(Stream stream, ValidatedInterchange interchange)
    {
        var result = interchange.Edifact!;
        yield return EdiRecords.Record(interchange);
        foreach (var message in result.Messages)
        {
            var bytes = stream.ReadPart(message.Offset, message.Length);
            if (!message.Accepted)
            {
                yield return EdiRecords.Refusal(interchange.Source, $"{result.Reference}.{message.Reference}.refused", bytes,
                    string.Join(" ", message.Errors.Select(error => error.Sentence).Take(5)));
                continue;
            }

            var envelope = new EdiEvent { Set = message.Type, Version = message.Version, InterchangeControl = result.Reference!,
                SetControl = message.Reference };
            var part = 0;
            var lines = EdifactValidator.Read(bytes, result.Delimiters).Select(EdifactLines.Line).ToList();
            foreach (var (aspect, piece) in TransportStatus.Split(message.Type, lines))
            {
                yield return (envelope with { Aspect = aspect, Lines = piece }).Write(interchange.Source, part++);
            }
        }
    }
}
