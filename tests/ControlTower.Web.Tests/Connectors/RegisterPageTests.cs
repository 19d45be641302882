using System.Text.Json;
using Bunit;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Web.Features.Connectors.Register;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace ControlTower.Web.Tests.Connectors;

/// <summary>A form that is made from a kind's description.</summary>
public sealed class RegisterPageTests
{
    [Fact]
    public async Task A_kind_is_chosen_its_form_filled_and_the_connector_registered()
    {
        await using var stage = new ConnectorPageHost(TowerRoles.Administrator);
        JsonElement body = default;
        var made = new ConnectorRecord { Name = "parcels-1", Kind = "parcels", Role = "carrier", BaseUrl = "" };
        stage.Desk.PutAsync("parcels-1", Arg.Do<JsonElement>(given => body = given), Arg.Any<Actor>())
            .Returns(new RegistrationResult(made, true, null, null));
        var page = stage.Render<RegisterPage>();

        page.Find("button.kind").Click();
        page.Find("#name").Change("parcels-1");
        page.Find("#baseUrl").Change("https://api.parcels.example");
        page.Find("[id='settings.account']").Change("A-1");
        page.Find("[id='settings.sites']").Change("1 = WH1\n2 = WH2");
        page.Find("[id='settings.live']").Change(true);
        page.Find("[id='credentials.apiKey']").Change("key");
        await page.InvokeAsync(() => page.Find("form").Submit());

        body.GetProperty("kind").GetString().ShouldBe("parcels");
        body.GetProperty("settings").GetRawText().ShouldBe("""{"account":"A-1","sites":{"1":"WH1","2":"WH2"},"live":true}""");
        body.GetProperty("credentials").GetRawText().ShouldBe("""{"apiKey":"key"}""");
        stage.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/connectors/parcels-1");
    }

    [Fact]
    public async Task Every_error_is_shown_at_its_field()
    {
        await using var stage = new ConnectorPageHost(TowerRoles.Administrator);
        var errors = new Dictionary<string, string[]> { ["settings.account"] = ["It is required."],
            ["credentials.apiKey"] = ["It is required."], ["reports"] = ["There is no milestone x."] };
        stage.Desk.PutAsync(default!, default, default!).ReturnsForAnyArgs(new RegistrationResult(null, false, errors, null));
        var page = stage.Render<RegisterPage>();
        page.Find("button.kind").Click();

        await page.InvokeAsync(() => page.Find("form").Submit());

        page.FindAll("[role=alert]")
            .Select(fault => fault.TextContent)
            .ShouldBe(["reports: There is no milestone x.", "It is required.", "It is required."]);
        stage.Said.ShouldBe(["3 fields are wrong."]);
    }

    [Fact]
    public async Task A_line_that_is_no_pair_is_reported_before_anything_is_sent()
    {
        await using var stage = new ConnectorPageHost(TowerRoles.Administrator);
        var page = stage.Render<RegisterPage>();
        page.Find("button.kind").Click();

        page.Find("[id='settings.sites']").Change("nonsense");
        await page.InvokeAsync(() => page.Find("form").Submit());

        page.Find("[role=alert]").TextContent.ShouldContain("there = here");
        await stage.Desk.DidNotReceiveWithAnyArgs().PutAsync(default!, default, default!);
    }

    [Fact]
    public async Task A_change_shows_the_current_values_and_keeps_the_secrets_that_are_left_empty()
    {
        await using var stage = new ConnectorPageHost(TowerRoles.Administrator);
        stage.Finds(ConnectorPageHost.Detail);
        JsonElement body = default;
        stage.Desk.PutAsync("parcels-1", Arg.Do<JsonElement>(given => body = given), Arg.Any<Actor>())
            .Returns(new RegistrationResult(null, false, null, Refusal.Conflict("No.")));
        var page = stage.Render<RegisterPage>(parameters => parameters.Add(p => p.Name, "parcels-1"));

        page.Find("[id='settings.account']").GetAttribute("value").ShouldBe("A-1");
        page.Find("[id='credentials.apiKey']").GetAttribute("value").ShouldBeNullOrEmpty();
        page.Markup.ShouldContain("One stands; leave it empty to keep it.");
        await page.InvokeAsync(() => page.Find("form").Submit());

        body.GetProperty("reports")[0].GetString().ShouldBe("shipment.delivered");
        body.GetProperty("settings").GetProperty("sites").GetProperty("1").GetString().ShouldBe("WH1");
        body.GetProperty("credentials").GetRawText().ShouldBe("{}");
    }

    [Theory]
    [InlineData(SettingType.Whole, "7", "7")]
    [InlineData(SettingType.Texts, "a\n b ", """["a","b"]""")]
    [InlineData(SettingType.Map, "a = b", """{"a":"b"}""")]
    [InlineData(SettingType.Json, """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData(SettingType.Flag, "true", "true")]
    [InlineData(SettingType.Text, " x ", "\"x\"")]
    public void A_setting_is_text_in_the_form_and_json_in_the_body(SettingType type, string text, string json)
    {
        SettingText.Read(type, text)!.ToJsonString().ShouldBe(json);
        SettingText.Read(type, SettingText.From(JsonElement.Parse(json)))!.ToJsonString().ShouldBe(json);
    }
}
