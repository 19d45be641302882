using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.Exchange;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Edi.X12;
using ControlTower.Integrations.Tests.Connectors.Contracts;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>EDI documents pass the contract tests of every kind's events.</summary>
public sealed class EdiTranslatorContract : TranslatorContract
{
    private static readonly string[] Order = Interchanges.Order850;

    private protected override IConnectorKind Kind { get; } = new EdiConnectorKind(
        new EdiOptions(), null!, null!, TowerClocks.RealTime(TimeProvider.System));

    private protected override string Role => "tms";

    private protected override string Settings =>
        """{"folder":"p","ourId":"TOWER","partnerId":"PARTNER","legalEntity":"1000","site":"WH1","currency":"USD"}""";

    private protected override IReadOnlyList<string> Samples =>
    [
        Event("850", "document", Order[1..]),
        Event("214", "status", Interchanges.Status214[1..]),
        Event("990", "document", Interchanges.Response990[1..]),
        Event("945", "shipped", "W06*N*SO-1*20261120*SH-9", "LX*1", "N9*LI*10", "W12*CC*18*18**EA**VN*A-1"),
        Event("210", "document", "B3**F-1*SH-1*PP**20261120*1000****SCAC", "LX*1", "L1*1*10*FR*1000"),
    ];

    private protected override string? WithUnknownCode =>
        Event("214", "status", "B10*PRO-1*SH-1*SCAC", "LX*1", "AT7*ZQ*NS***20261120*1230*UT");

    private static string Event(string set, string aspect, params string[] segments) => System.Text.Encoding.UTF8.GetString(new EdiEvent
    {
        Set = set, Version = "004010", InterchangeControl = "000000001", GroupControl = "1", SetControl = "0001", Aspect = aspect,
        Lines = [.. segments.Select(line => line.Split('*')).Select(pieces => new X12Line(pieces[0], pieces[1..]))],
    }.Write("urn:x12:ZZ:PARTNER:ZZ:TOWER", 0));
}

/// <summary>The validation of a partner's profile: one sentence for each error, all at once.</summary>
public class PartnerProfileValidatorTests
{
    [Fact]
    public void Every_error_is_reported_in_one_sentence()
    {
        var errors = Errors("""
            {"folder":"../etc","ourId":"TOWER","partnerId":"WAY-TOO-LONG-FOR-ISA","partnerQualifier":"99","versions":["006020"],"sets":["850","999"],"timeZone":"Mars","currency":"usd",
             "scac":"x","separators":"**~","stableSeconds":9999,"firstControlNumber":0}
            """);
        errors.Select(error => error.Field).ShouldBe(
            ["settings.folder", "settings.partnerId", "settings.partnerQualifier", "settings.versions", "settings.sets",
                "settings.timeZone", "settings.currency", "settings.scac", "settings.separators", "settings.stableSeconds",
                "settings.firstControlNumber"]);
        errors.ShouldAllBe(error => error.Sentence.EndsWith('.'));
    }

    [Fact]
    public void A_valid_profile_has_no_error() => Errors("""{"folder":"east/3pl","ourId":"TOWER","partnerId":"WHSE"}""").ShouldBeEmpty();

    private static IReadOnlyList<ControlTower.Core.Connectors.Kinds.SettingError> Errors(string settings) =>
        Integrations.Edi.Partners.PartnerProfileValidator.Validate(System.Text.Json.JsonElement.Parse(settings), hasRoot: true);
}
