using Bunit;
using ControlTower.Web.Shared.Kit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace ControlTower.Web.Tests.Shared;

/// <summary>The parts that pages are made of.</summary>
public sealed class KitTests : IAsyncDisposable
{
    private readonly BunitContext _context = new();

    public KitTests()
    {
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.Services.AddKit();
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void A_button_is_rendered_and_clicked()
    {
        var clicks = 0;

        var button = _context.Render<MudButton>(parameters => parameters.AddChildContent("Replay").Add(b => b.OnClick, () => clicks++));
        button.Find("button").Click();

        button.Markup.ShouldContain("Replay");
        clicks.ShouldBe(1);
    }

    [Fact]
    public void An_icon_is_a_reference_to_the_sprite_and_decoration_without_a_label()
    {
        var icon = _context.Render<Icon>(parameters => parameters.Add(i => i.Name, "warning"));

        icon.MarkupMatches("""<svg class="icon " aria-hidden="true" focusable="false"><use href="#i-warning"></use></svg>""");
        IconSprite.Markup.Value.ShouldContain("""<symbol id="i-warning" """);
    }

    [Fact]
    public void An_icon_with_a_label_is_an_image_of_that_name() =>
        _context.Render<Icon>(parameters => parameters.Add(i => i.Name, "person").Add(i => i.Label, "your queue"))
            .Find("svg[role=img]").GetAttribute("aria-label").ShouldBe("your queue");

    [Fact]
    public void An_unknown_icon_is_refused_by_name() =>
        Should.Throw<ArgumentException>(() => IconSprite.Use("nothing")).Message.ShouldContain("no icon nothing");

    [Fact]
    public void A_table_has_a_name_for_a_screen_reader() =>
        _context.Render<DataTable>(parameters => parameters.Add(t => t.Label, "Commands").AddChildContent("<tbody></tbody>"))
            .Find("table caption").TextContent.ShouldBe("Commands");

    [Fact]
    public void Each_theme_declares_every_colour_of_the_product_and_of_the_components()
    {
        var rules = ThemeStyles.Build();

        foreach (var selector in new[] { ":root {", ":root[data-theme='dark'] {", ":root[data-theme='contrast'] {" })
        {
            var block = rules[rules.IndexOf(selector, StringComparison.Ordinal)..];
            block = block[..block.IndexOf('}', StringComparison.Ordinal)];
            block.ShouldContain("--ct-accent:");
            block.ShouldContain("--mud-palette-primary:");
            block.ShouldContain("color-scheme:");
        }
    }

    [Theory]
    [InlineData("text", "surface")]
    [InlineData("muted", "surface")]
    [InlineData("muted", "bg")]
    [InlineData("accent", "surface")]
    [InlineData("on-accent", "accent")]
    [InlineData("good", "good-soft")]
    [InlineData("warning", "warning-soft")]
    [InlineData("hold", "hold-soft")]
    [InlineData("bad", "bad-soft")]
    [InlineData("info", "info-soft")]
    [InlineData("neutral", "neutral-soft")]
    [InlineData("nav-text", "nav")]
    public void A_text_is_readable_on_its_background_in_every_theme(string text, string background)
    {
        Contrast(DesignTokens.Light, text, background).ShouldBeGreaterThanOrEqualTo(4.5);
        Contrast(DesignTokens.Dark, text, background).ShouldBeGreaterThanOrEqualTo(4.5);
        Contrast(DesignTokens.HighContrast, text, background).ShouldBeGreaterThanOrEqualTo(7);
    }

    /// <summary>WCAG 2.2's contrast ratio.</summary>
    private static double Contrast(DesignTokens tokens, string one, string other)
    {
        double[] light = [Luminance(tokens[one]), Luminance(tokens[other])];
        return (light.Max() + 0.05) / (light.Min() + 0.05);
    }

    private static double Luminance(string colour)
    {
        var bytes = Convert.FromHexString(colour[1..]);
        return (0.2126 * Linear(bytes[0])) + (0.7152 * Linear(bytes[1])) + (0.0722 * Linear(bytes[2]));
    }

    private static double Linear(byte channel)
    {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
