using Bunit;
using Radzen;
using Radzen.Blazor;

namespace ControlTower.Web.Tests;

/// <summary>bUnit works here: rendering, finding, clicking.</summary>
public class ComponentRenderingTests
{
    [Fact]
    public void A_radzen_button_renders_and_is_clicked()
    {
        using var context = new BunitContext();
        context.Services.AddRadzenComponents();
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        var clicks = 0;

        var button = context.Render<RadzenButton>(parameters => parameters
            .Add(component => component.Text, "Replay")
            .Add(component => component.Click, () => clicks++));
        button.Find("button").Click();

        button.Markup.ShouldContain("Replay");
        clicks.ShouldBe(1);
    }
}
