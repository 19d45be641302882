using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Integrations.Tests.Connectors;

public class RegistrationRulesTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private const string Whole = $$"""
        {"kind":"open","role":"wms","baseUrl":"https://wms.example/tower","sites":["WH1","WH2"],"legalEntities":["1000"],
         "reports":["fulfilment.picked","shipment.shipped"],"inboundSecret":"{{Secret}}","outboundSecret":"{{Secret}}","poll":true,"pollSeconds":30,
         "rate":{"perSecond":50,"concurrency":8},"inboundPerSecond":100,"unknown":1}
        """;

    [Fact]
    public void A_complete_registration_is_read()
    {
        var draft = Read(Whole, isNew: true, out var errors)!;

        errors.ShouldBeEmpty();
        draft.Role.ShouldBe("wms");
        draft.Sites.ShouldBe(["WH1", "WH2"]);
        draft.Reports.ShouldBe(["fulfilment.picked", "shipment.shipped"]);
        (draft.Poll, draft.PollSeconds, draft.RatePerSecond, draft.Concurrency, draft.InboundPerSecond).ShouldBe((true, 30, 50, 8, 100));
        draft.InboundKey!.Length.ShouldBe(24);
    }

    [Fact]
    public void A_member_that_is_left_out_or_null_has_its_default()
    {
        var draft = Read(
            $$"""{"kind":"open","role":"erp","baseUrl":"https://e","inboundSecret":"{{Secret}}","outboundSecret":"{{Secret}}","rate":null,"sites":null}""", true, out var errors)!;

        errors.ShouldBeEmpty();
        draft.Reports.ShouldBe(Milestones.OwnedBy("erp"));
        draft.Reports.ShouldContain("order.accepted");
        (draft.Sites.Count, draft.LegalEntities.Count, draft.Poll, draft.PollSeconds, draft.RatePerSecond, draft.InboundPerSecond)
            .ShouldBe((0, 0, false, 15, null, null));
    }

    [Fact]
    public void An_empty_body_is_refused_with_every_required_member()
    {
        Read("{}", isNew: true, out var errors);

        errors.Keys.Order().ShouldBe(["baseUrl", "inboundSecret", "kind", "outboundSecret", "role"]);
    }

    [Fact]
    public void A_change_may_leave_the_secrets_out()
    {
        Read("""{"kind":"open","role":"erp","baseUrl":"https://e"}""", isNew: false, out var errors);

        errors.ShouldBeEmpty();
    }

    [Fact]
    public void Every_error_is_reported_at_once()
    {
        Read(
            """
            {"kind":"closed","role":"king","baseUrl":7,"sites":"WH1","legalEntities":[1],"reports":["order.eaten","command.accepted"],"inboundSecret":"whsec_AAAA",
             "outboundSecret":"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","poll":"yes","pollSeconds":0,"rate":{"perSecond":-1,"concurrency":1.5},"inboundPerSecond":"x"}
            """,
            isNew: true,
            out var errors);

        errors.Keys.Order().ShouldBe(
            ["baseUrl", "inboundPerSecond", "inboundSecret", "kind", "legalEntities", "outboundSecret", "poll", "pollSeconds",
                "rate.concurrency", "rate.perSecond", "reports", "role", "sites"]);
        errors["reports"].Single().ShouldBe("There is no milestone order.eaten, command.accepted.");
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_secret_has_24_to_64_bytes(int bytes, bool isOne) =>
        WebhookSecret.TryParse(WebhookSecret.Format(new byte[bytes]), out _).ShouldBe(isOne);

    [Theory]
    [InlineData("wms-east.1", true)]
    [InlineData("tower", false)]
    [InlineData("people", false)]
    [InlineData("", false)]
    [InlineData("a:b", false)]
    [InlineData("a/b", false)]
    [InlineData(".a", false)]
    [InlineData("ümlaut", false)]
    public void A_name_fits_a_url_and_a_key(string name, bool isGood)
    {
        var fieldErrors = new FieldErrors();
        DraftReader.CheckName(name, fieldErrors);
        fieldErrors.Any.ShouldBe(!isGood);
    }

    [Theory]
    [InlineData("", "", "", "", true)]
    [InlineData("WH1", "", "", "", false)]
    [InlineData("WH1", "", "WH1,WH2", "", true)]
    [InlineData("WH1", "", "WH2", "", false)]
    [InlineData("WH1", "1000", "WH1", "", false)]
    [InlineData("WH1", "1000", "WH1", "1000", true)]
    [InlineData("WH1", "1000", "WH1", "2000", false)]
    [InlineData("", "1000", "", "1000", true)]
    public void Two_connectors_of_a_role_that_cover_the_same_scope_equally_tie(
        string sites, string entities, string otherSites, string otherEntities, bool ties)
    {
        var other = new ConnectorProfile("other", "open", "wms", List(otherSites), List(otherEntities), [], false);

        (TieRule.TiesWith(new ConnectorProfile("new", "open", "wms", List(sites), List(entities), [], false), [other]).Count > 0)
            .ShouldBe(ties);
    }

    [Fact]
    public void Carriers_and_the_connector_itself_never_tie()
    {
        TieRule.TiesWith(All("ups", "carrier"), [All("dhl", "carrier")]).ShouldBeEmpty();
        TieRule.TiesWith(All("wms", "wms"), [All("wms", "wms")]).ShouldBeEmpty();
    }

    [Fact]
    public void Two_connectors_that_take_different_kinds_do_not_tie_and_a_tie_names_both_and_the_kind()
    {
        var releases = All("new", "wms") with { Takes = ["release-fulfilment"] };

        TieRule.TiesWith(releases, [All("other", "wms") with { Takes = ["cancel-fulfilment"] }]).ShouldBeEmpty();
        TieRule.TiesWith(releases, [All("other", "wms")]).Single().Sentence("new")
            .ShouldBe(
                "release-fulfilment could go to new as well as to other: two connectors that take one kind must not cover the same scope "
                    + "equally.");
    }

    [Theory]
    [InlineData("wms", "[\"release-fulfilment\"]", null)]
    [InlineData("wms", "[]", null)]
    [InlineData(
        "wms", "[\"create-invoice\"]", "create-invoice is no command of role wms: choose from release-fulfilment, cancel-fulfilment.")]
    [InlineData("carrier", "[\"tender-shipment\",\"x\"]", "tender-shipment, x are no commands of role carrier; it has none.")]
    public void Takes_accepts_only_commands_of_the_role(string role, string takes, string? sentence)
    {
        Read($$"""{"kind":"open","role":"{{role}}","baseUrl":"http://x","takes":{{takes}}}""", isNew: false, out var errors);

        errors.GetValueOrDefault("takes")?.Single().ShouldBe(sentence);
        errors.ContainsKey("takes").ShouldBe(sentence is not null);
    }

    private static ConnectorProfile All(string name, string role) => new(name, "open", role, [], [], [], false);

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static ConnectorDraft? Read(string json, bool isNew, out IReadOnlyDictionary<string, string[]> errors)
    {
        using var body = JsonDocument.Parse(json);
        var fieldErrors = new FieldErrors();
        var existing = isNew ? DraftContext.New : new DraftContext("open", HasSecrets: true, new HashSet<string>());
        var draft = DraftReader.Read(body.RootElement, existing, Kinds.All, fieldErrors);
        errors = fieldErrors.ToErrors();
        return draft;
    }
}
