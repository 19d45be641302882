using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.Partners;
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

/// <summary>A claimed file, validated: nothing of it counts before it was read to its end.</summary>
internal sealed class EdiFile(IReadOnlyList<ValidatedInterchange> interchanges)
{
    private const int LongestExcerpt = 16 * 1024;

    public IReadOnlyList<ValidatedInterchange> Interchanges { get; } = interchanges;

    /// <summary>Reads the file once and validates it by the partner's profile.</summary>
    public static EdiFile Validate(Stream stream, PartnerProfile profile)
    {
        var isEdifact = IsEdifact(stream);
        stream.Position = 0;
        return new EdiFile(isEdifact ? Edifact(stream, profile) : X12(stream, profile));
    }

    /// <summary>Every event of the file, in order, always the same.</summary>
    /// <param name="keyOf">The command for whose document a control number was given.</param>
    /// <param name="known">Interchanges that say nothing new.</param>
    /// <param name="reused">Interchanges whose control number stands for another one.</param>
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
                ? [Refusal(stream, interchange, $"Control number {interchange.Control} was used before for another interchange.")]
                : !interchange.Accepted ? [Refusal(stream, interchange, string.Join(" ", interchange.Sentences.Take(5)))]
                : interchange.X12 is not null ? X12Events(stream, interchange, keyOf) : EdifactEvents(stream, interchange);
            foreach (var item in events)
            {
                yield return item;
            }
        }
    }

    /// <summary>
    /// Control numbers of our interchanges that its 997s speak of, and of those that its TA1s refuse: no 997 follows
    /// such a one.
    /// </summary>
    public IEnumerable<int> Answered(Stream stream) =>
        from result in Interchanges.Select(interchange => interchange.X12).OfType<X12InterchangeResult>()
        where result.Accepted
        from number in Acknowledged(stream, result).Concat(result.Answers.Where(ta1 => ta1[4] == "R").Select(ta1 => NumberIn(ta1, 1)))
        where number is not null
        select number.Value;

    private static IEnumerable<int?> Acknowledged(Stream stream, X12InterchangeResult result) =>
        from accepted in result.AcceptedSets()
        where accepted.Set.Id == "997"
        select NumberIn(X12Set.Read(Bytes(stream, accepted.Set.Offset, accepted.Set.Length), result.Delimiters,
            version: accepted.Group.Version).Root.Find("AK1"), 2);

    private static IEnumerable<byte[]> X12Events(Stream stream, ValidatedInterchange interchange, Func<int, string?> keyOf)
    {
        var result = interchange.X12!;
        yield return Record(interchange);
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
                var bytes = Bytes(stream, set.Offset, set.Length);
                var envelope = new EdiEvent
                {
                    Set = set.Id, Version = group.Version, InterchangeControl = result.Header!.Control, GroupControl = group.Control,
                    SetControl = set.Control,
                };
                if (!group.Accepted || !set.Accepted)
                {
                    var errors = group.Errors.Select(error => error.Sentence).Concat(set.Errors.Select(error => error.Sentence))
                        .Concat(set.SegmentErrors.Select(error => error.Sentence));
                    yield return Refusal(interchange.Source,
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

    /// <summary>The group's control number that a 997 answers is the number that its interchange was given.</summary>
    private static string? KeyOf(string set, IReadOnlyList<X12Line> lines, Func<int, string?> keyOf) =>
        set == "997" && NumberIn(lines.FirstOrDefault(line => line.Id == "AK1"), 2) is { } number ? keyOf(number) : null;

    private static int? NumberIn(X12Line? line, int element) =>
        int.TryParse(line?[element], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<byte[]> EdifactEvents(Stream stream, ValidatedInterchange interchange)
    {
        var result = interchange.Edifact!;
        yield return Record(interchange);
        foreach (var message in result.Messages)
        {
            var bytes = Bytes(stream, message.Offset, message.Length);
            if (!message.Accepted)
            {
                yield return Refusal(interchange.Source, $"{result.Reference}.{message.Reference}.refused", bytes,
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

    /// <summary>What is kept of an interchange that was taken in.</summary>
    public static byte[] Record(ValidatedInterchange interchange) => VendorEvent.Json(
        interchange.Source, interchange.Id, EdiEvent.Interchange, interchange.Control,
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["control"] = interchange.Control, ["content"] = interchange.Content }));

    private static byte[] Refusal(Stream stream, ValidatedInterchange interchange, string why)
    {
        var (offset, length) = interchange.X12 is { } x12
            ? (x12.Offset, (int)Math.Min(x12.End - x12.Offset, LongestExcerpt))
            : (0, LongestExcerpt);
        return Refusal(interchange.Source, $"{interchange.Content}.refused",
            Bytes(stream, offset, (int)Math.Min(length, Math.Max(0, stream.Length - offset))), why);
    }

    /// <summary>What was not taken, as an event that ends as an exception with its raw bytes.</summary>
    public static byte[] Refusal(string source, string id, byte[] bytes, string why) => VendorEvent.Json(
        source, id, EdiEvent.Refusal, null, JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject { ["why"] = why.Length > 900 ? why[..900] : why, ["text"] = Excerpt(bytes) }));

    /// <summary>Half a character cannot be kept as text: the bytes are shown one by one.</summary>
    private static string Excerpt(byte[] bytes) =>
        Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, LongestExcerpt))).Replace('\0', ' ');

    private static List<ValidatedInterchange> X12(Stream stream, PartnerProfile profile) =>
        [.. X12Validator.Validate(stream, profile.X12).Select(result =>
        new ValidatedInterchange(
            result.Header is { } header
                ? $"urn:x12:{Escaped(header.SenderQualifier)}:{Escaped(header.Sender)}"
                    + $":{Escaped(header.ReceiverQualifier)}:{Escaped(header.Receiver)}"
                : "urn:x12:unreadable",
            result.Header?.Control,
            Hash(stream, result.Offset, result.Header is null ? stream.Length : result.End - result.Offset),
            result.Accepted,
            result,
            null))];

    /// <summary>The hash is the file's: EDIFACT files with several interchanges are rare, and each is reported by its reference.</summary>
    private static List<ValidatedInterchange> Edifact(Stream stream, PartnerProfile profile)
    {
        var results = EdifactValidator.Validate(stream, profile.Edifact);
        var hash = Hash(stream, 0, stream.Length);
        return [.. results.Select((result, place) => new ValidatedInterchange(
            result.Reference is null ? "urn:edifact:unreadable" : $"urn:edifact:{Escaped(result.Sender)}:{Escaped(result.Receiver)}",
            result.Reference,
            place == 0 ? hash : $"{hash}.{place}",
            result.Accepted,
            null,
            result))];
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text.Length > 60 ? text[..60] : text);

    private static bool IsEdifact(Stream stream)
    {
        Span<byte> head = stackalloc byte[64];
        stream.Position = 0;
        var text = Encoding.Latin1.GetString(head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)])
            .TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return text.StartsWith("UNA", StringComparison.Ordinal) || text.StartsWith("UNB", StringComparison.Ordinal);
    }

    private static byte[] Bytes(Stream stream, long offset, int length)
    {
        var bytes = new byte[length];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string Hash(Stream stream, long offset, long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        stream.Position = offset;
        while (length > 0)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
            if (read == 0)
            {
                break;
            }

            hash.AppendData(buffer, 0, read);
            length -= read;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
