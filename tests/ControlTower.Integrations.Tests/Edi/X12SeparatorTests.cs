using System.Text;
using ControlTower.Integrations.Edi.X12;
using static ControlTower.Integrations.Tests.Edi.Interchanges;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>A separator is a character: of one byte, or of several where the file is UTF-8.</summary>
public class X12SeparatorTests
{
    [Theory]
    [InlineData("…", ">", "~")]
    [InlineData("*", "…", "~")]
    [InlineData("*", ">", "…")]
    [InlineData("…", "¦", "€")]
    [InlineData("\u001D", "«", "𝄞")]
    public void A_UTF8_file_with_separators_of_several_bytes_is_read_like_any_other(string element, string component, string segment)
    {
        var bytes = Encoding.UTF8.GetBytes(With(element, component, segment, [Order850, Order850]));

        foreach (var stream in new Stream[] { new MemoryStream(bytes), new TrickleStream(bytes) })
        {
            var result = X12Validator.Validate(stream, X12Rules.AnyStrict).ShouldHaveSingleItem();
            result.Sentences().ShouldBeEmpty();
            result.AcceptedSets().Count().ShouldBe(2);
            var (_, set) = result.AcceptedSets().Last();
            Lines(bytes, set, result.Delimiters).ShouldBe(Order850[1..]);
        }
    }

    [Fact]
    public void A_terminator_of_several_bytes_is_found_wherever_the_buffer_ends()
    {
        var bytes = Encoding.UTF8.GetBytes(With("*", ">", "…", [.. Enumerable.Repeat(Order850, 1000)]));
        bytes.Length.ShouldBeGreaterThan(5 * 32 * 1024);

        var result = Validate(bytes).ShouldHaveSingleItem();

        result.Sentences().ShouldBeEmpty();
        result.AcceptedSets().Count().ShouldBe(1000);
    }

    [Fact]
    public void A_header_that_wraps_and_is_stripped_of_its_padding_is_cut_by_characters()
    {
        var text = With("…", ">", "~", [Order850]).Replace("PARTNER        ", "PART\r\nNER", StringComparison.Ordinal);

        var result = Validate(Encoding.UTF8.GetBytes(text), strict: false)[0];

        result.Codes().ShouldBe([X12ErrorCode.LineBreakInSegment, X12ErrorCode.HeaderPadding], ignoreOrder: true);
        result.Header!.Sender.ShouldBe("PARTNER");
        result.AcceptedSets().Count().ShouldBe(1);
    }

    [Fact]
    public void The_width_of_a_header_element_is_counted_in_characters()
    {
        var text = With("*", ">", "~", [Order850]).Replace("PARTNER        ", "MÜLLER & SÖHNE ", StringComparison.Ordinal);

        Validate(Encoding.UTF8.GetBytes(text))[0].Sentences().ShouldBeEmpty();
        Validate(Encoding.Latin1.GetBytes(text))[0].Sentences().ShouldBeEmpty();
    }

    [Fact]
    public void The_length_of_an_element_is_counted_in_characters()
    {
        var text = With("*", ">", "~", [Order850]).Replace("*ME*", "*É*", StringComparison.Ordinal);

        Validate(Encoding.UTF8.GetBytes(text))[0].Sentences().ShouldContain("N402 at 7: too short (É).");
        Validate(Encoding.Latin1.GetBytes(text))[0].Sentences().ShouldContain("N402 at 7: too short (É).");
    }

    [Fact]
    public void Displayed_text_is_not_cut_within_a_character()
    {
        var text = With("*", ">", "~", [Order850]).Replace("004010", "X" + new string('É', 40), StringComparison.Ordinal);

        Validate(Encoding.UTF8.GetBytes(text))[0].Sentences()
            .ShouldContain(sentence => sentence.Contains("X" + new string('É', 34) + ";", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("¦", ">", "~")]
    [InlineData("*", "¤", "¶")]
    public void A_file_that_is_not_UTF8_is_read_byte_by_byte(string element, string component, string segment)
    {
        var bytes = Encoding.Latin1.GetBytes(With(element, component, segment, [Order850])
            .Replace("Rumford", "Müllheim", StringComparison.Ordinal));

        var result = Validate(bytes)[0];

        result.Sentences().ShouldBeEmpty();
        Lines(bytes, result.AcceptedSets().Single().Set, result.Delimiters)[5].ShouldBe("N4*Müllheim*ME*04276*US");
    }

    [Theory]
    [InlineData("é", ">", "~")]
    [InlineData("*", "…", "…")]
    [InlineData("*", ">", "\u00A0")]
    public void A_letter_a_blank_or_the_same_character_twice_is_no_separator(string element, string component, string segment) =>
        Validate(Encoding.UTF8.GetBytes(With(element, component, segment, [Order850])))[0].Codes().ShouldContain(X12ErrorCode.Unreadable);

    private static string With(string element, string component, string segment, string[][] sets) =>
        Encoding.ASCII.GetString(From(X12Delimiters.Usual, false, Header, ("PO", "004010", sets)))
            .Replace("*", element, StringComparison.Ordinal).Replace(">", component, StringComparison.Ordinal)
                .Replace("~", segment, StringComparison.Ordinal);

    private static List<string> Lines(byte[] bytes, X12SetResult set, X12Delimiters delimiters) =>
        [.. X12Set.Read(bytes.AsMemory((int)set.Offset, set.Length), delimiters).Lines.Select(line => line.ToString())];
}
