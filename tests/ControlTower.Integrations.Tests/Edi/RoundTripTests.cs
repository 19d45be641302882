using ControlTower.Integrations.Edi.X12;
using static ControlTower.Integrations.Tests.Edi.Interchanges;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>
/// Written interchanges are read back unchanged, for every set, under any separators. The seed is printed;
/// CONTROLTOWER_SEED repeats it.
/// </summary>
public class RoundTripTests(ITestOutputHelper output)
{
    private const int Count = 1_000;
    private const string Letters = "ABCXYZabcxyz0123456789 .,-_/()&#'=+%;?!\"";
    private static readonly string[] Sets = ["850", "860", "945", "944", "947", "214", "990", "210", "997", "940", "204", "810", "855",
        "856"];
    private static readonly string[] Segments = ["REF", "N1", "N3", "N4", "MSG", "PID", "L11", "NTE", "K1", "PER"];

    [Fact]
    public void A_thousand_interchanges_of_any_content_are_read_back_unchanged()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CONTROLTOWER_SEED"), out var parsed) ? parsed : 20261121;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < Count; i++)
        {
            var delimiters = Delimiters(random);
            var groups = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Group(random)).ToArray();

            var bytes = From(delimiters, random.Next(2) == 0, Header, groups);
            var result = Validate(bytes, strict: false).ShouldHaveSingleItem();

            result.Delimiters.ShouldBe(delimiters);
            result.Errors.ShouldBeEmpty();
            result.Groups.Select(group => (group.Code, group.Version)).ShouldBe(groups.Select(group => (group.Code, group.Version)));
            Read(bytes, result).ShouldBe(groups.SelectMany(group => group.Sets).Select(Text), $"number {i}");
        }
    }

    private static IEnumerable<string> Read(byte[] bytes, X12InterchangeResult result) =>
        result.AcceptedSets().Select(taken => string.Join('\n',
        X12Set.Read(bytes.AsMemory((int)taken.Set.Offset, taken.Set.Length), result.Delimiters)
            .Lines.Select(line => line.ToString().TrimEnd('*')).Prepend(taken.Set.Id)));

    private static string Text(string[] set) => string.Join('\n', set.Select(line => line.TrimEnd('*')));

    private static (string Code, string Version, string[][] Sets) Group(Random random)
    {
        var set = Sets[random.Next(Sets.Length)];
        return (CodeOf(set), random.Next(2) == 0 ? "004010" : "004030",
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Set(set, random))]);
    }

    private static string CodeOf(string set) => set switch
    {
        "850" => "PO", "860" => "PC", "945" => "SW", "944" => "RE", "947" => "AW", "214" => "QM", "990" => "GF", "210" => "IM", "997" =>
            "FA", "940" => "OW", "204" => "SM", "810" => "IN", "855" => "PR", _ => "SH",
    };

    private static string[] Set(string set, Random random) =>
        [set, .. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Segment(random))];

    /// <summary>Elements of any length, empty ones among them and at the end.</summary>
    private static string Segment(Random random) => string.Join('*', Enumerable.Range(0, random.Next(1, 12)).Select(place =>
        place > 0 && random.Next(3) == 0 ? "" : place == 0 ? "X" + Element(random) : Element(random))
            .Prepend(Segments[random.Next(Segments.Length)]));

    /// <summary>No blanks at the ends: they have no meaning in X12.</summary>
    private static string Element(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => Letters[random.Next(Letters.Length)])).Trim();

    /// <summary>A line's end ends a segment and separates nothing else.</summary>
    private static X12Delimiters Delimiters(Random random)
    {
        byte[] all = [.. "*|^~:><\t`$[]{}"u8, 0x1D, 0x1E, 0x1F];
        random.Shuffle(all);
        return new X12Delimiters(all[0], all[1], random.Next(5) == 0 ? (byte)'\n' : all[2]);
    }
}
