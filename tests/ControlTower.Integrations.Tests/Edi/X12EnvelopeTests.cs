using System.Buffers;
using System.Text;
using ControlTower.Integrations.Edi.X12;
using static ControlTower.Integrations.Tests.Edi.Interchanges;

namespace ControlTower.Integrations.Tests.Edi;

public class X12EnvelopeTests
{
    public static TheoryData<byte, byte, byte, byte, bool> Separators => new()
    {
        { (byte)'*', (byte)'>', (byte)'~', 0, true },
        { (byte)'*', (byte)':', (byte)'~', 0, false },
        { (byte)'|', (byte)'<', (byte)'\n', 0, false },
        { (byte)'^', (byte)'>', (byte)'\r', 0, false },
        { 0x1D, 0x1F, 0x1E, 0, false },
        { (byte)'\t', (byte)'>', (byte)'~', 0, true },
        { (byte)'*', (byte)':', (byte)'~', (byte)'^', true },
    };

    [Theory]
    [MemberData(nameof(Separators))]
    public void Separators_are_taken_from_the_header(byte element, byte component, byte segment, byte repetition, bool lineBreaks)
    {
        var header = repetition == 0 ? Header : Header with { Version = "00403" };
        var delimiters = new X12Delimiters(element, component, segment, repetition);
        var bytes = From(delimiters, lineBreaks, header, ("PO", "004010", [Order850, Order850]), ("QM", "004030", [Status214]));
        var result = Validate(bytes).ShouldHaveSingleItem();
        result.Sentences().ShouldBeEmpty();
        result.Delimiters.ShouldBe(delimiters);
        result.AcceptedSets().Count().ShouldBe(3);
        var (_, set) = result.AcceptedSets().First();
        var read = X12Set.Read(bytes.AsMemory((int)set.Offset, set.Length), result.Delimiters);
        read.Lines.Select(line => line.ToString()).ShouldBe(Order850[1..]);
    }

    [Fact]
    public void Windows_line_ends_are_accepted()
    {
        var bytes = Replace(From(new X12Delimiters((byte)'*', (byte)'>', (byte)'\n'), false, Header, ("PO", "004010", [Order850])), "\n",
            "\r\n");
        var result = Validate(bytes).ShouldHaveSingleItem();
        result.Sentences().ShouldBeEmpty();
        result.Groups[0].Sets[0].Segments.ShouldBe(12);
    }

    [Fact]
    public void A_file_wrapped_at_eighty_columns_is_accepted_by_a_lenient_profile()
    {
        var flat = Encoding.ASCII.GetString(From(X12Delimiters.Usual, false, Header, ("PO", "004010", [Order850])));
        var wrapped = Encoding.ASCII.GetBytes(string.Join("\r\n", flat.Chunk(80).Select(line => new string(line))));
        Validate(wrapped)[0].Codes().ShouldBe([X12ErrorCode.LineBreakInSegment]);
        var (_, set) = Validate(wrapped, strict: false)[0].AcceptedSets().Single();
        X12Set.Read(wrapped.AsMemory((int)set.Offset, set.Length), X12Delimiters.Usual).Lines.Select(line => line.ToString())
            .ShouldBe(Order850[1..]);
    }

    [Theory]
    [InlineData("SE*12*0001", "SE*13*0001", X12ErrorCode.SegmentCountDiffers)]
    [InlineData("SE*12*0001", "SE*12*0002", X12ErrorCode.SetControlNumberDiffers)]
    [InlineData("GE*1*1", "GE*2*1", X12ErrorCode.SetCountDiffers)]
    [InlineData("GE*1*1", "GE*1*7", X12ErrorCode.GroupControlNumberDiffers)]
    [InlineData("IEA*1*", "IEA*2*", X12ErrorCode.GroupCountDiffers)]
    [InlineData("IEA*1*000000001", "IEA*1*000000002", X12ErrorCode.InterchangeControlNumberDiffers)]
    [InlineData("GS*PO*", "GS*QM*", X12ErrorCode.GroupCodeDiffers)]
    [InlineData("BEG*00*SA*PO-1**20261101", "BEG*00*SA*PO-1**20261301", X12ErrorCode.SegmentsInError)]
    public void Strict_validation_refuses_by_name_what_lenient_validation_accepts(string right, string wrong, X12ErrorCode code)
    {
        var bytes = Replace(From("PO", Order850), right, wrong);
        var strict = Validate(bytes)[0];
        strict.Codes().ShouldBe([code]);
        strict.AcceptedSets().ShouldBeEmpty();
        Validate(bytes, strict: false)[0].AcceptedSets().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("SE*12*0001~\n", "", X12ErrorCode.SetTrailerMissing)]
    [InlineData("GE*1*1~\n", "", X12ErrorCode.GroupTrailerMissing)]
    [InlineData("IEA*1*000000001~\n", "", X12ErrorCode.InterchangeTrailerMissing)]
    [InlineData("ST*850", "ST*999", X12ErrorCode.SetUnsupported)]
    [InlineData("004010", "006020", X12ErrorCode.GroupVersionUnsupported)]
    [InlineData("IEA*1*000000001~\n", "IEA*1*000000001~\nBEG*00~\n", X12ErrorCode.SegmentOutOfPlace)]
    public void Truncated_or_unknown_content_is_refused_by_both(string right, string wrong, X12ErrorCode code)
    {
        var bytes = Replace(From("PO", Order850), right, wrong);
        Validate(bytes)[0].Codes().ShouldContain(code);
        Validate(bytes, strict: false)[0].AcceptedSets().ShouldBeEmpty();
    }

    [Fact]
    public void Each_level_is_accepted_or_refused_separately()
    {
        var bad = Replace(
            From(X12Delimiters.Usual, true, Header, ("PO", "004010", [Order850, Order850]), ("QM", "006020", [Status214]),
                ("GF", "004010", [Response990])), "SE*12*0002", "SE*11*0002");
        var result = Validate(bad)[0];
        result.Accepted.ShouldBeTrue();
        result.Groups.Select(group => group.Accepted).ShouldBe([true, false, true]);
        result.AcceptedSets().Select(taken => taken.Set.Id + taken.Set.Control).ShouldBe(["8500001", "9900001"]);
        Acknowledge(result).ShouldBe(
        [
            "ST*997*0001", "AK1*PO*1", "AK2*850*0001", "AK5*A", "AK2*850*0002", "AK5*R*4", "AK9*P*2*2*1", "SE*8*0001",
            "ST*997*0002", "AK1*QM*2", "AK2*214*0001", "AK5*R", "AK9*R*1*1*0*2", "SE*6*0002",
            "ST*997*0003", "AK1*GF*3", "AK2*990*0001", "AK5*A", "AK9*A*1*1*1", "SE*6*0003",
        ]);
    }

    [Fact]
    public void Elements_in_error_are_reported_with_position_and_value()
    {
        var bytes = Replace(Replace(From("PO", Order850), "BEG*00*SA*PO-1**20261101", "BEG*00*SA***20261301"), "CUR*BY*USD", "ZZZ*1");
        Acknowledge(Validate(bytes)[0]).ShouldBe(
        [
            "ST*997*0001", "AK1*PO*1", "AK2*850*0001", "AK3*BEG*2**8", "AK4*3*324*1", "AK4*5*373*8*20261301", "AK3*ZZZ*3**1", "AK5*R*5",
            "AK9*R*1*1*0", "SE*10*0001",
        ]);
        Acknowledge(Validate(bytes, strict: false)[0]).ShouldContain("AK5*E*5");
    }

    [Fact]
    public void A_refused_interchange_is_answered_by_a_TA1_alone()
    {
        var result = Validate(Replace(From("PO", Order850), "IEA*1*000000001", "IEA*1*000000009"))[0];
        Acknowledgement.Needs997(result).ShouldBeFalse();
        Acknowledgement.NeedsTa1(result).ShouldBeTrue();
        Text(writer => Acknowledgement.WriteTa1(writer, result)).ShouldBe(["TA1*000000001*261121*0230*R*001"]);
    }

    [Fact]
    public void One_file_may_hold_several_interchanges_of_several_partners()
    {
        byte[] both = [.. From("PO", Order850), .. From(
            new X12Delimiters((byte)'|', (byte)'<', (byte)'\n'), false, Header with { Control = "000000002" },
            ("GF", "004010", [Response990]))];
        var results = Validate(both);
        results.Count.ShouldBe(2);
        results.ShouldAllBe(result => !result.Codes().Any());
        results.SelectMany(result => result.AcceptedSets()).Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \r\n")]
    [InlineData("hello")]
    [InlineData("ISA*00*")]
    [InlineData("ISAISAISAISAISAISA")]
    public void A_text_that_is_no_interchange_is_refused_in_one_sentence(string text)
    {
        var result = Validate(Encoding.ASCII.GetBytes(text)).ShouldHaveSingleItem();
        result.Accepted.ShouldBeFalse();
        result.Codes().ShouldBe([X12ErrorCode.Unreadable]);
        result.Sentences().ShouldHaveSingleItem().ShouldNotBeEmpty();
    }

    [Fact]
    public void Loops_repeat_and_nest()
    {
        var set = X12Set.FromLines("214", [.. Parse(
            "B10*P*S*SCAC", "N1*SH*A", "N4*X*VT", "N1*CN*B", "LX*1", "AT7*X3*NS", "MS1*A*VT", "AT7*AF*NS", "L11*7*QN", "LX*2",
            "AT7*D1*NS")]);
        set.Root.Party("CN")!.Lines[0][2].ShouldBe("B");
        set.Root.Each("LX").Select(lx => lx.Each("AT7").Count()).ShouldBe([2, 1]);
        set.Root.Each("LX").First().Find("L11")![2].ShouldBe("QN");
    }

    [Fact]
    public void A_character_that_X12_cannot_carry_is_an_error_and_free_text_is_cleaned()
    {
        var writer = new X12Writer(new ArrayBufferWriter<byte>(), X12Delimiters.Usual);
        writer.Free("a*b~c\td", 80).ShouldBe("a b c d");
        writer.Segment("REF", "CO", "SO*1");
        writer.Error.ShouldNotBeNull().ShouldContain("REF02");
    }

    private static IEnumerable<X12Line> Parse(params string[] lines) =>
        lines.Select(line => line.Split('*')).Select(pieces => new X12Line(pieces[0], pieces[1..]));

    private static string[] Acknowledge(X12InterchangeResult result) =>
        Text(writer => Acknowledgement.Write997(writer, result, "TOWER", "PARTNER", new DateTime(2026, 11, 21), "5", "004010"))[1..^1];

    private static string[] Text(Action<X12Writer> write)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new X12Writer(output, X12Delimiters.Usual);
        write(writer);
        writer.Error.ShouldBeNull();
        return Encoding.ASCII.GetString(output.WrittenSpan).Split("~\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
