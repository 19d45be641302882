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
        var bytes = Of(delimiters, lineBreaks, header, ("PO", "004010", [Order850, Order850]), ("QM", "004030", [Status214]));
        var verdict = Judge(bytes).ShouldHaveSingleItem();
        verdict.Sentences().ShouldBeEmpty();
        verdict.Delimiters.ShouldBe(delimiters);
        verdict.AcceptedSets().Count().ShouldBe(3);
        var (_, set) = verdict.AcceptedSets().First();
        var read = X12Set.Read(bytes.AsMemory((int)set.Offset, set.Length), verdict.Delimiters);
        read.Lines.Select(line => line.ToString()).ShouldBe(Order850[1..]);
    }

    [Fact]
    public void Lines_of_windows_are_lines()
    {
        var bytes = Replace(Of(new X12Delimiters((byte)'*', (byte)'>', (byte)'\n'), false, Header, ("PO", "004010", [Order850])), "\n", "\r\n");
        var verdict = Judge(bytes).ShouldHaveSingleItem();
        verdict.Sentences().ShouldBeEmpty();
        verdict.Groups[0].Sets[0].Segments.ShouldBe(12);
    }

    [Fact]
    public void A_file_wrapped_at_eighty_columns_is_taken_by_a_lenient_profile()
    {
        var flat = Encoding.ASCII.GetString(Of(X12Delimiters.Usual, false, Header, ("PO", "004010", [Order850])));
        var wrapped = Encoding.ASCII.GetBytes(string.Join("\r\n", flat.Chunk(80).Select(line => new string(line))));
        Judge(wrapped)[0].Codes().ShouldBe([X12FaultCode.LineBreakInSegment]);
        var (_, set) = Judge(wrapped, strict: false)[0].AcceptedSets().Single();
        X12Set.Read(wrapped.AsMemory((int)set.Offset, set.Length), X12Delimiters.Usual).Lines.Select(line => line.ToString()).ShouldBe(Order850[1..]);
    }

    [Theory]
    [InlineData("SE*12*0001", "SE*13*0001", X12FaultCode.SegmentCountDiffers)]
    [InlineData("SE*12*0001", "SE*12*0002", X12FaultCode.SetControlNumberDiffers)]
    [InlineData("GE*1*1", "GE*2*1", X12FaultCode.SetCountDiffers)]
    [InlineData("GE*1*1", "GE*1*7", X12FaultCode.GroupControlNumberDiffers)]
    [InlineData("IEA*1*", "IEA*2*", X12FaultCode.GroupCountDiffers)]
    [InlineData("IEA*1*000000001", "IEA*1*000000002", X12FaultCode.InterchangeControlNumberDiffers)]
    [InlineData("GS*PO*", "GS*QM*", X12FaultCode.GroupCodeDiffers)]
    [InlineData("BEG*00*SA*PO-1**20261101", "BEG*00*SA*PO-1**20261301", X12FaultCode.SegmentsInError)]
    public void Strict_refuses_by_name_what_lenient_takes(string right, string wrong, X12FaultCode code)
    {
        var bytes = Replace(Of("PO", Order850), right, wrong);
        var strict = Judge(bytes)[0];
        strict.Codes().ShouldBe([code]);
        strict.AcceptedSets().ShouldBeEmpty();
        Judge(bytes, strict: false)[0].AcceptedSets().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("SE*12*0001~\n", "", X12FaultCode.SetTrailerMissing)]
    [InlineData("GE*1*1~\n", "", X12FaultCode.GroupTrailerMissing)]
    [InlineData("IEA*1*000000001~\n", "", X12FaultCode.InterchangeTrailerMissing)]
    [InlineData("ST*850", "ST*999", X12FaultCode.SetUnsupported)]
    [InlineData("004010", "006020", X12FaultCode.GroupVersionUnsupported)]
    [InlineData("IEA*1*000000001~\n", "IEA*1*000000001~\nBEG*00~\n", X12FaultCode.SegmentOutOfPlace)]
    public void Nobody_takes_what_is_cut_or_unknown(string right, string wrong, X12FaultCode code)
    {
        var bytes = Replace(Of("PO", Order850), right, wrong);
        Judge(bytes)[0].Codes().ShouldContain(code);
        Judge(bytes, strict: false)[0].AcceptedSets().ShouldBeEmpty();
    }

    [Fact]
    public void Each_level_is_taken_or_refused_on_its_own()
    {
        var bad = Replace(
            Of(X12Delimiters.Usual, true, Header, ("PO", "004010", [Order850, Order850]), ("QM", "006020", [Status214]), ("GF", "004010", [Response990])), "SE*12*0002", "SE*11*0002");
        var verdict = Judge(bad)[0];
        verdict.Accepted.ShouldBeTrue();
        verdict.Groups.Select(group => group.Accepted).ShouldBe([true, false, true]);
        verdict.AcceptedSets().Select(taken => taken.Set.Id + taken.Set.Control).ShouldBe(["8500001", "9900001"]);
        Acknowledge(verdict).ShouldBe(
        [
            "ST*997*0001", "AK1*PO*1", "AK2*850*0001", "AK5*A", "AK2*850*0002", "AK5*R*4", "AK9*P*2*2*1", "SE*8*0001",
            "ST*997*0002", "AK1*QM*2", "AK2*214*0001", "AK5*R", "AK9*R*1*1*0*2", "SE*6*0002",
            "ST*997*0003", "AK1*GF*3", "AK2*990*0001", "AK5*A", "AK9*A*1*1*1", "SE*6*0003",
        ]);
    }

    [Fact]
    public void Elements_in_error_are_told_with_place_and_value()
    {
        var bytes = Replace(Replace(Of("PO", Order850), "BEG*00*SA*PO-1**20261101", "BEG*00*SA***20261301"), "CUR*BY*USD", "ZZZ*1");
        Acknowledge(Judge(bytes)[0]).ShouldBe(
        [
            "ST*997*0001", "AK1*PO*1", "AK2*850*0001", "AK3*BEG*2**8", "AK4*3*324*1", "AK4*5*373*8*20261301", "AK3*ZZZ*3**1", "AK5*R*5", "AK9*R*1*1*0", "SE*10*0001",
        ]);
        Acknowledge(Judge(bytes, strict: false)[0]).ShouldContain("AK5*E*5");
    }

    [Fact]
    public void A_refused_interchange_is_answered_by_a_TA1_alone()
    {
        var verdict = Judge(Replace(Of("PO", Order850), "IEA*1*000000001", "IEA*1*000000009"))[0];
        Acknowledgement.Needs997(verdict).ShouldBeFalse();
        Acknowledgement.NeedsTa1(verdict).ShouldBeTrue();
        Text(writer => Acknowledgement.WriteTa1(writer, verdict)).ShouldBe(["TA1*000000001*261121*0230*R*001"]);
    }

    [Fact]
    public void Several_interchanges_of_several_partners_lie_in_one_file()
    {
        byte[] both = [.. Of("PO", Order850), .. Of(new X12Delimiters((byte)'|', (byte)'<', (byte)'\n'), false, Header with { Control = "000000002" }, ("GF", "004010", [Response990]))];
        var verdicts = Judge(both);
        verdicts.Count.ShouldBe(2);
        verdicts.ShouldAllBe(verdict => !verdict.Codes().Any());
        verdicts.SelectMany(verdict => verdict.AcceptedSets()).Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \r\n")]
    [InlineData("hello")]
    [InlineData("ISA*00*")]
    [InlineData("ISAISAISAISAISAISA")]
    public void What_is_no_interchange_is_refused_in_one_sentence(string text)
    {
        var verdict = Judge(Encoding.ASCII.GetBytes(text)).ShouldHaveSingleItem();
        verdict.Accepted.ShouldBeFalse();
        verdict.Codes().ShouldBe([X12FaultCode.Unreadable]);
        verdict.Sentences().ShouldHaveSingleItem().ShouldNotBeEmpty();
    }

    [Fact]
    public void Loops_repeat_and_nest()
    {
        var set = X12Set.Of("214", [.. Parse("B10*P*S*SCAC", "N1*SH*A", "N4*X*VT", "N1*CN*B", "LX*1", "AT7*X3*NS", "MS1*A*VT", "AT7*AF*NS", "L11*7*QN", "LX*2", "AT7*D1*NS")]);
        set.Root.Party("CN")!.Lines[0][2].ShouldBe("B");
        set.Root.Each("LX").Select(lx => lx.Each("AT7").Count()).ShouldBe([2, 1]);
        set.Root.Each("LX").First().Find("L11")![2].ShouldBe("QN");
    }

    [Fact]
    public void What_X12_cannot_carry_is_a_fault_and_free_text_is_cleaned()
    {
        var writer = new X12Writer(new ArrayBufferWriter<byte>(), X12Delimiters.Usual);
        writer.Free("a*b~c\td", 80).ShouldBe("a b c d");
        writer.Segment("REF", "CO", "SO*1");
        writer.Fault.ShouldNotBeNull().ShouldContain("REF02");
    }

    private static IEnumerable<X12Line> Parse(params string[] lines) => lines.Select(line => line.Split('*')).Select(pieces => new X12Line(pieces[0], pieces[1..]));

    private static string[] Acknowledge(X12InterchangeVerdict verdict) =>
        Text(writer => Acknowledgement.Write997(writer, verdict, "TOWER", "PARTNER", new DateTime(2026, 11, 21), "5", "004010"))[1..^1];

    private static string[] Text(Action<X12Writer> write)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new X12Writer(output, X12Delimiters.Usual);
        write(writer);
        writer.Fault.ShouldBeNull();
        return Encoding.ASCII.GetString(output.WrittenSpan).Split("~\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
