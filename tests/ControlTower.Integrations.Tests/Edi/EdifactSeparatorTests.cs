using System.Text;
using ControlTower.Integrations.Edi.Edifact;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>EDIFACT in UTF-8 (UNOW, UNOY): each of the six characters of UNA may have several bytes.</summary>
public class EdifactSeparatorTests
{
    private const string Body =
        "UNB+UNOY:4+PARTNER+TOWER+261120:1200+Ž?+8'UNH+1+IFTSTA:D:01B:UN'BGM+23+S??1+9'CNI+1+CON?'1'STS+1+13'UNT+5+1'UNZ+1+Ž?+8'";

    [Theory]
    [InlineData(":", "+", "?", "…")]
    [InlineData("…", "¦", "¿", "§")]
    [InlineData("€", "→", "𝄞", "'")]
    public void Characters_of_several_bytes_in_UNA_separate_and_release(string component, string element, string release, string segment)
    {
        var bytes = Encoding.UTF8.GetBytes($"UNA{component}{element}.{release} {segment}" + With(component, element, release, segment));

        foreach (var stream in new Stream[] { new MemoryStream(bytes), new TrickleStream(bytes) })
        {
            var result = EdifactValidator.Validate(stream, new EdifactRules()).ShouldHaveSingleItem();
            result.Sentences().ShouldBeEmpty();
            result.Reference.ShouldBe($"Ž{element}8");
            var message = result.Messages.ShouldHaveSingleItem();
            var segments = EdifactValidator.Read(bytes.AsMemory((int)message.Offset, message.Length), result.Delimiters);
            segments[0][2].ShouldBe($"S{release}1");
            segments[1][2].ShouldBe($"CON{segment}1");
        }
    }

    [Fact]
    public void A_letter_in_UNA_is_no_separator() =>
        EdifactValidator.Validate(new MemoryStream(Encoding.UTF8.GetBytes("UNAé+.? '" + Body)), new EdifactRules())[0].Codes()
            .ShouldContain(EdifactErrorCode.Unreadable);

    [Fact]
    public async Task An_interchange_in_UTF8_is_answered_in_UTF8()
    {
        using var partner = new EdiPartner();
        partner.Drop("a.edi", Encoding.UTF8.GetBytes(Body));
        await partner.PollAllAsync();

        var answer = partner.Text("out", partner.Files("out").ShouldHaveSingleItem());

        answer.ShouldStartWith("UNB+UNOY:4+TOWER+PARTNER+");
        answer.ShouldContain("UCI+Ž?+8+PARTNER+TOWER+7'");
    }

    private static string With(string component, string element, string release, string segment) =>
        string.Concat(Body.Select((letter, place) => letter switch
    {
        ':' => component,
        '+' => element,
        '?' => release,
        '\'' => segment,
        _ => letter.ToString(),
    }));
}
