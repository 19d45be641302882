using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Registering;

namespace ControlTower.Integrations.Tests.Connectors;

/// <summary>Kinds that describe themselves: the values entered are checked against the description.</summary>
public class VendorRegistrationTests
{
    [Fact]
    public void A_vendor_needs_its_settings_and_credentials_and_no_webhook_secrets()
    {
        Read("""{"kind":"vendor","role":"billing"}""", out var errors);

        errors.Keys.Order().ShouldBe(["credentials.apiKey", "settings.account"]);
    }

    [Fact]
    public void Settings_and_credentials_are_read()
    {
        var draft = Read(
            """{"kind":"vendor","role":"billing","settings":{"account":"a","sites":{"1":"WH1"}},"credentials":{"apiKey":"k"}}""",
            out var errors)!;

        errors.ShouldBeEmpty();
        draft.Settings.ShouldBe("""{"account":"a","sites":{"1":"WH1"}}""");
        draft.Credentials["apiKey"].ShouldBe("k");
    }

    [Theory]
    [InlineData("\"days\":\"3\"", "settings.days")]
    [InlineData("\"live\":1", "settings.live")]
    [InlineData("\"auth\":\"magic\"", "settings.auth")]
    [InlineData("\"lists\":\"x\"", "settings.lists")]
    [InlineData("\"sites\":{\"1\":2}", "settings.sites")]
    [InlineData("\"colour\":\"red\"", "settings.colour")]
    [InlineData("\"auth\":\"oauth\"", "credentials.clientSecret")]
    public void A_setting_of_another_type_or_name_is_named(string setting, string field)
    {
        Read($$"""{"kind":"vendor","role":"billing","settings":{"account":"a",{{setting}}},"credentials":{"apiKey":"k"} }""",
            out var errors);

        errors.Keys.ShouldBe([field]);
    }

    [Fact]
    public void A_role_or_polling_that_the_kind_does_not_support_is_refused()
    {
        Read("""{"kind":"vendor","role":"wms","poll":true,"settings":{"account":"a"},"credentials":{"apiKey":"k","other":"x"}}""",
            out var errors);

        errors.Keys.Order().ShouldBe(["credentials.other", "poll", "role"]);
    }

    [Fact]
    public void Existing_credentials_need_not_be_given_again_but_must_not_be_removed()
    {
        var existing = new DraftContext("vendor", false, new HashSet<string> { "apiKey" });

        Read("""{"kind":"vendor","role":"billing","settings":{"account":"a"}}""", out var errors, existing);
        errors.ShouldBeEmpty();
        Read("""{"kind":"vendor","role":"billing","settings":{"account":"a"},"credentials":{"apiKey":null}}""", out errors, existing);
        errors.Keys.ShouldBe(["credentials.apiKey"]);
    }

    [Fact]
    public void A_kind_never_changes()
    {
        Read("""{"kind":"vendor","role":"billing","settings":{"account":"a"},"credentials":{"apiKey":"k"}}""", out var errors,
            new DraftContext("open", true, new HashSet<string>()));

        errors.Keys.ShouldBe(["kind"]);
    }

    [Fact]
    public void After_a_change_the_previous_secret_is_accepted_until_its_end()
    {
        var until = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        var before = ConnectorCredentials.For(("apiKey", "old"), ("other", "x"));

        var after = before.With(new Dictionary<string, string?> { ["apiKey"] = "new", ["other"] = null }, until)!;

        after.Find("apiKey").ShouldBe("new");
        after.Accepted("apiKey", until.AddSeconds(-1)).ShouldBe(["new", "old"]);
        after.Accepted("apiKey", until).ShouldBe(["new"]);
        after.Names.ShouldBe(["apiKey"]);
        after.With(new Dictionary<string, string?> { ["apiKey"] = "new" }, until).ShouldBeNull();
        ConnectorCredentials.FromJson(after.ToJson()).Accepted("apiKey", until.AddSeconds(-1)).ShouldBe(["new", "old"]);
    }

    private static ConnectorDraft? Read(string json, out IReadOnlyDictionary<string, string[]> errors, DraftContext? existing = null)
    {
        using var body = JsonDocument.Parse(json);
        var fieldErrors = new FieldErrors();
        var draft = DraftReader.Read(body.RootElement, existing ?? DraftContext.New, Kinds.All, fieldErrors);
        errors = fieldErrors.ToErrors();
        return draft;
    }
}
