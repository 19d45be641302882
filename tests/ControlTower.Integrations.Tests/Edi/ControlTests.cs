using System.Text;
using ControlTower.Integrations.Edi.Edifact;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>EDIFACT is answered by CONTRL: the interchange, and each message that was refused.</summary>
public class ControlTests
{
    private const string Status =
        "UNH+1+IFTSTA:D:01B:UN'BGM+23+S-1+9'DTM+137:202611201200:203'CNI+1+CON-1'STS+1+13'DTM+334:202611200900:203'UNT+7+1'";

    [Fact]
    public async Task An_accepted_interchange_is_acknowledged_to_its_sender()
    {
        using var partner = new EdiPartner();

        var answer = await AnswerAsync(partner, $"UNB+UNOC:3+PARTNER:14+TOWER:ZZZ+261120:1200+R?+7'{Status}UNZ+1+R?+7'");

        answer.ShouldBe(
            "UNB+UNOC:3+TOWER:ZZZ+PARTNER:14+260302:0800+1'\r\nUNH+1+CONTRL:2:2:UN'\r\nUCI+R?+7+PARTNER:14+TOWER:ZZZ+7'\r\nUNT+3+1'"
                + "\r\nUNZ+1+1'\r\n");
        var result = EdifactValidator.Validate(new MemoryStream(Encoding.Latin1.GetBytes(answer)),
            new EdifactRules { Messages = ["CONTRL"] }).ShouldHaveSingleItem();
        result.Sentences().ShouldBeEmpty();
        (result.Sender, result.Receiver, result.Messages.Count).ShouldBe(("TOWER", "PARTNER", 1));
    }

    [Fact]
    public async Task The_answer_to_a_partly_accepted_interchange_names_the_refused_messages()
    {
        using var partner = new EdiPartner();

        var answer = await AnswerAsync(partner,
            $"UNB+UNOC:3+PARTNER+TOWER+261120:1200+8'"
                + $"{Status}"
                + $"{Status.Replace("UNH+1", "UNH+2", StringComparison.Ordinal).Replace("UNT+7+1", "UNT+9+2", StringComparison.Ordinal)}"
                + "UNH+3+INVOIC:D:96A:UN'BGM+380+1+9'UNT+3+3'UNZ+3+8'");

        answer.ShouldContain("UCI+8+PARTNER+TOWER+7'\r\nUCM+2+IFTSTA:D:01B:UN+4+29'\r\nUCM+3+INVOIC:D:96A:UN+4+14'\r\nUNT+5+1'");
    }

    [Theory]
    [InlineData("UNZ+1+9'", "28")]
    [InlineData("UNZ+2+8'", "29")]
    [InlineData("", "13")]
    public async Task A_refused_interchange_is_answered_with_its_error(string trailer, string error)
    {
        using var partner = new EdiPartner();
        (await AnswerAsync(partner, $"UNB+UNOC:3+PARTNER+TOWER+261120:1200+8'{Status}{trailer}"))
            .ShouldContain($"UCI+8+PARTNER+TOWER+4+{error}'\r\nUNT+3+1'");
    }

    [Fact]
    public async Task A_repeated_interchange_gets_the_same_answer_and_another_under_its_number_is_a_duplicate()
    {
        using var partner = new EdiPartner();
        var interchange = $"UNB+UNOC:3+PARTNER+TOWER+261120:1200+8'{Status}UNZ+1+8'";
        var first = await AnswerAsync(partner, interchange);
        (await AnswerAsync(partner, interchange)).ShouldBe(first);

        partner.Drop("other.edi", Encoding.Latin1.GetBytes(interchange.Replace("CON-1", "CON-2", StringComparison.Ordinal)));
        await partner.PollAllAsync();
        partner.Text("out", partner.Files("out").Last()).ShouldContain("UCI+8+PARTNER+TOWER+4+26'");
    }

    [Theory]
    [InlineData("""{"acknowledge":"none"}""", "UNB+UNOC:3+PARTNER+TOWER+261120:1200+8'")]
    [InlineData("{}", "UNB+UNOC:3+STRANGER+TOWER+261120:1200+8'")]
    [InlineData("{}", "UNB+UNOC:3+PARTNER+OTHER+261120:1200+8'")]
    public async Task A_partner_who_wants_no_answer_and_an_unknown_partner_get_none(string settings, string header)
    {
        using var partner = new EdiPartner(settings: settings);
        partner.Drop("a.edi", Encoding.Latin1.GetBytes($"{header}{Status}UNZ+1+8'"));
        await partner.PollAllAsync();
        partner.Files("out").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_is_not_answered()
    {
        using var partner = new EdiPartner();
        partner.Drop("a.edi",
            "UNB+UNOC:3+PARTNER+TOWER+261120:1200+8'UNH+1+CONTRL:2:2:UN'UCI+1+TOWER+PARTNER+7'UNT+3+1'UNZ+1+8'"u8.ToArray());
        await partner.PollAllAsync();
        partner.Files("out").ShouldBeEmpty();
    }

    private static async Task<string> AnswerAsync(EdiPartner partner, string interchange)
    {
        partner.Drop("a.edi", Encoding.Latin1.GetBytes(interchange));
        await partner.PollAllAsync();
        return partner.Text("out", partner.Files("out").ShouldHaveSingleItem());
    }
}
