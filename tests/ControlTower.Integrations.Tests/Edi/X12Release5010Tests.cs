using System.Text;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.X12;
using static ControlTower.Integrations.Tests.Edi.Interchanges;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>Release 005010 of the sets that are read, and its acknowledgement.</summary>
public class X12Release5010Tests
{
    private static readonly string[] Order = ["850", "BEG*00*SA*PO-5**20261101", "CUR*BY*USD", "N9*L1*NOTE", "MTX**Leave at gate",
        "PO1*1*10*EA*2.5**VP*A-1", "MTX**Thing one", "CTT*1"];
    private static readonly string[] Response = ["990", "B1*SCAC*SH-1*20261120*A", "L11*PRO-9*CN"];
    private static readonly string[] Status =
        ["214", "B10*PRO-1*SH-1*SCAC", "LX*1", "L11*7*QN", "AT7*D1*NS***20261120*1230*UT", "MS1*BRATTLEBORO*VT", "N1*CN*Shop",
            "N4*BRATTLEBORO*VT"];

    public static TheoryData<string, string[]> Documents => new()
    {
        { "PO", Order },
        { "PC", ["860", "BCH*05*SA*PO-5***20261102", "N9*L1*NOTE", "MTX**Later", "POC*1*QI*4*4*EA*2.5**VP*A-1", "MTX**Thing one"] },
        { "SW", ["945", "W06*N*SO-1-WH1-1*20261120*S-1", "TD1*CTN*2", "LX*1", "W12*SH*10*10**EA**VN*A-1", "N9*LI*10", "N1*ST*Shop",
            "N4*Rumford*ME"] },
        { "RE", ["944", "W17*F*20261120*R-7", "LX*1", "W07*5*EA", "N9*LI*10"] },
        { "AW", ["947", "W15*20261120*A-3", "W19*AA*-2*EA"] },
        { "QM", Status },
        { "GF", Response },
        { "IM", ["210", "B3**INV-1*SH-1*CC**20261121*12500****SCAC", "C3*USD", "L11*PRO-1*CN", "LX*1", "L11*7*QN", "L1*1***12500****FRT"] },
        { "FA", ["997", "AK1*OW*1*005010", "AK2*940*0001", "AK5*A", "AK9*A*1*1*1"] },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_of_5010_is_accepted_by_a_strict_profile(string group, string[] set)
    {
        var result = Validate(Interchange((group, [set])))[0];

        result.Sentences().ShouldBeEmpty();
        result.AcceptedSets().Single().Set.Id.ShouldBe(set[0]);
        result.Delimiters.Repetition.ToString().ShouldBe("^");
    }

    [Theory]
    [InlineData("00401", "004010", false)]
    [InlineData("00403", "004030", true)]
    [InlineData("00501", "005010", true)]
    public void A_segment_is_valid_in_the_releases_that_have_it(string interchange, string group, bool isTaken) =>
        Validate(From(X12Delimiters.Usual, true, Header with { Version = interchange },
            ("PO", group, [[.. Order[..3], "N1*ST*Shop", "IN2*05*Shop", .. Order[5..]]])))[0]
            .AcceptedSets().Any().ShouldBe(isTaken);

    [Theory]
    [InlineData("004010", false)]
    [InlineData("004030", true)]
    [InlineData("005010", true)]
    [InlineData("005010VICS", true)]
    public void A_reference_may_be_as_long_as_its_release_allows(string version, bool isTaken)
    {
        string[] status = ["214", $"B10*{new string('7', 50)}*SH-1*SCAC", .. Status[2..6]];

        Validate(From(X12Delimiters.Usual, true, Header with { Version = "00501" }, ("QM", version, [status])))[0].AcceptedSets().Any()
            .ShouldBe(isTaken);
    }

    [Fact]
    public void A_carrier_must_name_itself_in_a_990_of_5010()
    {
        var result = Validate(Interchange(("GF", [["990", "B1**SH-1*20261120*A"]])))[0];

        result.Sentences().ShouldContain("B101 at 2: mandatory and missing.");
    }

    [Fact]
    public void An_element_that_repeats_where_it_may_not_is_reported_by_its_code()
    {
        var result = Validate(Replace(Interchange(("PO", [Order])), "PO-5", "PO-5^PO-6"))[0];

        result.Groups[0].Sets[0].SegmentErrors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            error => error.SegmentId.ShouldBe("BEG"), error => error.Element.ShouldBe(3), error => error.ElementCode.ShouldBe("12"));
    }

    [Fact]
    public async Task A_990_gives_the_carriers_number_by_L11()
    {
        using var partner = new EdiPartner(Roles.Tms);

        var mapped = (await partner.MapAsync(Interchange(("GF", [Response])))).ShouldHaveSingleItem();

        mapped.Fact.ShouldNotBeNull().Data.Tracking.ShouldBe("PRO-9");
    }

    [Fact]
    public async Task A_changed_line_names_its_unit_under_any_component_separator()
    {
        using var partner = new EdiPartner(Roles.Erp);
        var change = Encoding.ASCII.GetString(Interchange(
            ("PC", [["860", "BCH*05*SA*PO-5***20261102", "CUR*BY*USD", "POC*1*QI*4*4*EA*2.5**VP*A-1"]])))
            .Replace(">", "…", StringComparison.Ordinal).Replace("*EA*", "*EA…1*", StringComparison.Ordinal);

        var mapped = (await partner.MapAsync(Encoding.UTF8.GetBytes(change))).ShouldHaveSingleItem();

        mapped.Fact.ShouldNotBeNull().Data.Order.ShouldNotBeNull().Lines.ShouldHaveSingleItem().Unit.ShouldBe("EA");
    }

    [Fact]
    public async Task A_document_is_acknowledged_in_its_release_although_we_write_4010()
    {
        using var partner = new EdiPartner(Roles.Erp, """{"version":"004010"}""");

        var answer = await AnswerAsync(partner, Replace(Interchange(("PO", [Order])), "ST*850*0001", "ST*850*0001*CONV-1"));

        answer[0].ShouldEndWith("*^*00501*000000001*0*P*>");
        answer[1].ShouldEndWith("*X*005010");
        answer[2..^2].ShouldBe(["ST*997*0001", "AK1*PO*1*005010", "AK2*850*0001*CONV-1", "AK5*A", "AK9*A*1*1*1", "SE*6*0001"]);
    }

    [Theory]
    [InlineData("00401", "004010", "*U*00401*", "*X*004010")]
    [InlineData("00403", "004030", "*U*00403*", "*X*004030")]
    [InlineData("00401", "005010", "*^*00501*", "*X*005010")]
    [InlineData("00501", "006020", "*^*00501*", "*X*005010")]
    public async Task An_acknowledgement_has_the_release_of_its_document(string interchange, string group, string isa, string gs)
    {
        using var partner = new EdiPartner(Roles.Tms, """{"version":"004010"}""");

        var answer = await AnswerAsync(partner, From(
            X12Delimiters.Usual, true, Header with { Version = interchange }, ("GF", group, [Response990])));

        answer[0].ShouldContain(isa);
        answer[1].ShouldEndWith(gs);
    }

    [Theory]
    [InlineData("*>~", "^")]
    [InlineData("^>~", "!")]
    public async Task A_document_written_in_5010_has_a_repetition_separator(string separators, string repetition)
    {
        using var partner = new EdiPartner(settings: $$"""{"version":"005010","separators":"{{separators}}"}""");
        const string Release =
            """{"references":{"order":"SO-1"},"site":"WH1","lines":[{"line":"10","item":"A-1","quantity":18,"unit":"EA"}]}""";

        await partner.Channel.SendAsync(DocumentsOutTests.Command("release-fulfilment", "release-fulfilment:SO-1:WH1/1", Release),
            TestContext.Current.CancellationToken);

        var result = Validate(Encoding.UTF8.GetBytes(partner.Text("out", partner.Files("out").ShouldHaveSingleItem())))[0];
        result.Sentences().ShouldBeEmpty();
        (result.Header!.Version, result.Header.Standard, result.Groups[0].Version).ShouldBe(("00501", repetition, "005010"));
        result.AcceptedSets().Single().Set.Id.ShouldBe("940");
    }

    private static byte[] Interchange(params (string Group, string[][] Sets)[] groups) => From(
        X12Delimiters.Usual with { Repetition = (byte)'^' }, true, Header with { Version = "00501" },
        [.. groups.Select(group => (group.Group, "005010", group.Sets))]);

    private static async Task<string[]> AnswerAsync(EdiPartner partner, byte[] interchange)
    {
        partner.Drop("a.edi", interchange);
        await partner.PollAllAsync();
        return partner.Text("out", partner.Files("out").ShouldHaveSingleItem()).Split("~\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
