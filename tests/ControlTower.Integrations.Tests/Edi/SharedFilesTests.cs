using System.Text;
using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>
/// Every sample parses to its segments and gets the expected result: strict validation refuses by name, lenient
/// validation accepts and reports.
/// </summary>
public class SharedFilesTests
{
    private const string Response = "edifact.ORDRSP.edi";

    public static TheoryData<string, int, string, X12ErrorCode[]> Files => new()
    {
        { "204-MGCTLYST-SAMPLE.EDI", 42, "204", [X12ErrorCode.SegmentCountDiffers] },
        { "210-MGCTLYST-SAMPLE.EDI", 35, "210", [] },
        { "214-MGCTLYST-SAMPLE.EDI", 20, "214", [] },
        { "990-MGCTLYST-SAMPLE.EDI", 7, "990", [] },
        { "x12.214.edi", 20, "214", [X12ErrorCode.LineBreakInSegment] },
        { "x12.810a.edi", 68, "810", [X12ErrorCode.HeaderPadding, X12ErrorCode.Indentation] },
        { "x12.850.edi", 15, "850", [X12ErrorCode.HeaderPadding, X12ErrorCode.InterchangeControlNumberDiffers] },
        {
            "x12.850a.edi", 54, "850",
            [X12ErrorCode.HeaderPadding, X12ErrorCode.Indentation, X12ErrorCode.InterchangeControlNumberDiffers,
                X12ErrorCode.SegmentsInError]
        },
    };

    public static bool AreThere => SharedFiles.AreThere;

    [Theory(SkipUnless = nameof(AreThere), Skip = SharedFiles.Absent)]
    [MemberData(nameof(Files))]
    public void Strict_names_the_errors_and_lenient_accepts_the_file(string file, int segments, string set, X12ErrorCode[] errors)
    {
        var strict = X12Validator.Validate(new MemoryStream(SharedFiles.Read(file)), X12Rules.AnyStrict).ShouldHaveSingleItem();
        strict.Segments.ShouldBe(segments);
        strict.Codes().ShouldBe(errors, ignoreOrder: true);
        strict.AcceptedSets().Count().ShouldBe(errors.Length == 0 ? 1 : 0);

        var lenient = X12Validator.Validate(new MemoryStream(SharedFiles.Read(file)), X12Rules.AnyLenient).ShouldHaveSingleItem();
        lenient.Codes().ShouldBe(errors, ignoreOrder: true);
        lenient.AcceptedSets().ShouldHaveSingleItem().Set.Id.ShouldBe(set);
    }

    [Fact(SkipUnless = nameof(AreThere), Skip = SharedFiles.Absent)]
    public void No_file_of_the_folder_is_left_out() =>
        SharedFiles.Names.ShouldBe([.. Files.Select(row => row.Data.Item1), Response], ignoreOrder: true);

    [Theory(SkipUnless = nameof(AreThere), Skip = SharedFiles.Absent)]
    [MemberData(nameof(Files))]
    public void The_segments_are_those_of_a_plain_split_of_the_text(string file, int segments, string set, X12ErrorCode[] errors)
    {
        _ = errors;
        var bytes = SharedFiles.Read(file);
        var result = X12Validator.Validate(new MemoryStream(bytes), X12Rules.AnyLenient)[0];
        var found = result.AcceptedSets().Single().Set;
        var plain = Encoding.Latin1.GetString(bytes).Split(result.Delimiters.Segment.ToString())
            .Select(text => text.ReplaceLineEndings("").Trim()).Where(text => text.Length > 0).ToList();
        plain.Count.ShouldBe(segments);
        plain[2].ShouldStartWith($"ST*{set}");
        X12Set.Read(bytes.AsMemory((int)found.Offset, found.Length), result.Delimiters).Lines.Select(Trimmed)
            .ShouldBe(plain[3..^3].Select(text => text.TrimEnd('*')));
    }

    [Theory(SkipUnless = nameof(AreThere), Skip = SharedFiles.Absent)]
    [MemberData(nameof(Files))]
    public void A_sample_written_and_read_again_is_the_same_by_segment(string file, int segments, string set, X12ErrorCode[] errors)
    {
        _ = (segments, errors);
        var bytes = SharedFiles.Read(file);
        var result = X12Validator.Validate(new MemoryStream(bytes), X12Rules.AnyLenient)[0];
        var (group, found) = result.AcceptedSets().Single();
        var read = X12Set.Read(bytes.AsMemory((int)found.Offset, found.Length), result.Delimiters);
        var again = Interchanges.Write(result.Header!, group, set, found.Control, read.Lines, result.Delimiters);
        var back = X12Validator.Validate(new MemoryStream(again), X12Rules.AnyStrict with { Versions = [] })[0];
        back.Codes().Except([X12ErrorCode.SegmentsInError]).ShouldBeEmpty();
        back.Segments.ShouldBe(result.Segments);
        var set2 = back.Groups[0].Sets[0];
        X12Set.Read(again.AsMemory((int)set2.Offset, set2.Length), back.Delimiters).Lines.Select(Trimmed)
            .ShouldBe(read.Lines.Select(Trimmed));
    }

    [Fact(SkipUnless = nameof(AreThere), Skip = SharedFiles.Absent)]
    public void The_orders_response_has_counts_and_references_that_differ()
    {
        var rules = new EdifactRules();
        var strict = EdifactValidator.Validate(new MemoryStream(SharedFiles.Read(Response)), rules).ShouldHaveSingleItem();
        strict.Segments.ShouldBe(33);
        strict.Codes().ShouldBe(
            [EdifactErrorCode.SegmentCountDiffers, EdifactErrorCode.MessageReferenceDiffers, EdifactErrorCode.InterchangeReferenceDiffers],
            ignoreOrder: true);
        strict.AcceptedMessages().ShouldBeEmpty();

        var bytes = SharedFiles.Read(Response);
        var lenient = EdifactValidator.Validate(new MemoryStream(bytes), rules with { Strict = false })[0];
        var message = lenient.AcceptedMessages().ShouldHaveSingleItem();
        var segments = EdifactValidator.Read(bytes.AsMemory((int)message.Offset, message.Length), lenient.Delimiters);
        segments.Count.ShouldBe(29);
        segments.Single(segment => segment.Tag == "COM" && segment[1, 2] == "TE")[1]
            .ShouldBe("+49 123 45678 8652", "the released + is data");
        segments.Single(segment => segment.Tag == "RFF" && segment[1] == "ON")[1, 2].ShouldBe("00001672");
    }

    /// <summary>Empty elements at a segment's end have no meaning and are not written.</summary>
    private static string Trimmed(X12Line line) => line.ToString().TrimEnd('*');
}
