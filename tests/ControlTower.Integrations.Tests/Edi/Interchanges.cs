using System.Buffers;
using System.Text;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>Writes interchanges for tests.</summary>
internal static class Interchanges
{
    public static readonly X12Header Header = new() { Sender = "PARTNER", Receiver = "TOWER", Date = "261121", Time = "0230",
        Control = "000000001" };

    /// <summary>
    /// One interchange with one group for each list of sets; each set is "850" and its segments, with "*" between
    /// elements.
    /// </summary>
    public static byte[] From(
        X12Delimiters delimiters, bool lineBreaks, X12Header header, params (string Code, string Version, string[][] Sets)[] groups)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new X12Writer(output, delimiters, lineBreaks);
        writer.BeginInterchange(header);
        for (var g = 0; g < groups.Length; g++)
        {
            writer.BeginGroup(groups[g].Code, "PARTNER", "TOWER", new DateTime(2026, 11, 21, 2, 30, 0), $"{g + 1}", groups[g].Version);
            for (var s = 0; s < groups[g].Sets.Length; s++)
            {
                var set = groups[g].Sets[s];
                writer.BeginSet(set[0], $"{s + 1:0000}");
                foreach (var segment in set[1..])
                {
                    var pieces = segment.Split('*');
                    writer.Segment(pieces[0], pieces.AsSpan(1));
                }

                writer.EndSet();
            }

            writer.EndGroup();
        }

        writer.EndInterchange();
        writer.Error.ShouldBeNull();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>An interchange of TA1 segments alone.</summary>
    public static byte[] Answer(params string[] answers)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new X12Writer(output, X12Delimiters.Usual);
        writer.BeginInterchange(Header);
        foreach (var pieces in answers.Select(answer => answer.Split('*')))
        {
            writer.Segment(pieces[0], pieces.AsSpan(1));
        }

        writer.EndInterchange();
        return output.WrittenSpan.ToArray();
    }

    public static byte[] From(string code, params string[][] sets) => From(X12Delimiters.Usual, true, Header, (code, "004010", sets));

    public static byte[] Write(
        X12Header header, X12GroupResult group, string set, string control, IReadOnlyList<X12Line> lines, X12Delimiters delimiters)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new X12Writer(output, delimiters);
        writer.BeginInterchange(header);
        writer.BeginGroup(group.Code, group.Sender, group.Receiver, new DateTime(2026, 11, 21), group.Control, group.Version);
        writer.BeginSet(set, control);
        foreach (var line in lines)
        {
            writer.Segment(line);
        }

        writer.EndSet();
        writer.EndGroup();
        writer.EndInterchange();
        writer.Error.ShouldBeNull();
        return output.WrittenSpan.ToArray();
    }

    public static IReadOnlyList<X12InterchangeResult> Validate(byte[] bytes, bool strict = true) =>
        X12Validator.Validate(new MemoryStream(bytes), strict ? X12Rules.AnyStrict : X12Rules.AnyLenient);

    public static byte[] Replace(byte[] bytes, string old, string with)
    {
        var text = Encoding.Latin1.GetString(bytes);
        text.ShouldContain(old);
        return Encoding.Latin1.GetBytes(text.Replace(old, with, StringComparison.Ordinal));
    }

    public static readonly string[] Order850 =
    [
        "850", "BEG*00*SA*PO-1**20261101", "CUR*BY*USD", "DTM*002*20261201", "N1*ST*Shop*92*S1", "N3*1 Road", "N4*Rumford*ME*04276*US",
        "PO1*1*10*EA*2.5**VP*A-1", "PID*F****Thing one", "PO1*2*4*EA*10**VP*A-2", "CTT*2",
    ];

    public static readonly string[] Status214 =
    [
        "214", "B10*PRO-1*SH-1*SCAC", "LX*1", "AT7*D1*NS***20261120*1230*UT", "MS1*BRATTLEBORO*VT", "MS2*SCAC*30402",
    ];

    public static readonly string[] Response990 = ["990", "B1*SCAC*SH-1*20261120*A"];

    public const string Desadv =
        "UNB+UNOC:3+PARTNER+TOWER+261120:1200+7'UNH+1+DESADV:D:96A:UN'BGM+351+DES-1+9'DTM+137:202611201200:203'DTM+11:202611201130:203'"
            + "RFF+ON:SO-1'"
        + "CPS+1'PAC+1'GIN+BJ+00012345678905'LIN+10++A-1:SA'QTY+12:18:PCE'CNT+2:1'UNT+12+1'UNZ+1+7'";

    public const string Iftsta =
        "UNB+UNOC:3+PARTNER+TOWER+261120:1200+8'UNH+1+IFTSTA:D:01B:UN'BGM+23+S-1+9'DTM+137:202611201200:203'CNI+1+CON-1'STS+1+13'"
            + "DTM+334:202611200900:203'"
        + "STS+1+21'DTM+334:202611201100:203'UNT+9+1'UNZ+1+8'";
}
