using System.Text;
using MudBlazor;

namespace ControlTower.Web.Shared.Kit;

/// <summary>
/// The three themes as style rules. MudBlazor's own provider writes a theme by a circuit, after the first paint and as
/// an inline style; here all are in the style sheet, and an attribute of the document chooses.
/// </summary>
public sealed class ThemeStyles : MudThemeProvider
{
    private ThemeStyles()
    {
    }

    public static string Build()
    {
        var light = Rules(TowerTheme.Light, DesignTokens.Light);
        var dark = Rules(TowerTheme.Dark, DesignTokens.Dark);
        var contrast = Rules(TowerTheme.HighContrast, DesignTokens.HighContrast);
        return $$"""
            :root { {{light}} }
            @media (prefers-color-scheme: dark) { :root:not([data-theme]) { {{dark}} } }
            @media (prefers-contrast: more) { :root:not([data-theme]) { {{contrast}} } }
            :root[data-theme='dark'] { {{dark}} }
            :root[data-theme='contrast'] { {{contrast}} }

            """;
    }

    private static string Rules(MudTheme theme, DesignTokens tokens)
    {
        var rules = new StringBuilder($"color-scheme: {(tokens.IsDark ? "dark" : "light")};");
        foreach (var (name, colour) in tokens.All)
        {
            rules.Append(System.Globalization.CultureInfo.InvariantCulture, $"--ct-{name}:{colour};");
        }

        return rules.Append(Variables(theme)).ToString();
    }

    /// <summary>What MudBlazor declares for a theme, without its selector.</summary>
    private static string Variables(MudTheme theme)
    {
        var rules = new StringBuilder();
#pragma warning disable BL0005 // Not rendered: only its text is wanted.
        new ThemeStyles { Theme = theme }.GenerateTheme(rules);
#pragma warning restore BL0005
        var text = rules.ToString();
        return text[(text.IndexOf('{', StringComparison.Ordinal) + 1)..].TrimEnd().TrimEnd('}');
    }
}
