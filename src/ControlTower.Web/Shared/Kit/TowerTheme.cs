using MudBlazor;

namespace ControlTower.Web.Shared.Kit;

/// <summary>MudBlazor's theme from the product's tokens.</summary>
public static class TowerTheme
{
    private static readonly string[] Fonts = ["Inter", "system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"];

    public static MudTheme Light { get; } = From(DesignTokens.Light);

    public static MudTheme Dark { get; } = From(DesignTokens.Dark);

    public static MudTheme HighContrast { get; } = From(DesignTokens.HighContrast);

    // One palette for each theme: which of them counts is decided by the style sheet, before the first paint, and not
    // by a circuit.
    private static MudTheme From(DesignTokens tokens) => new()
    {
        PaletteLight = Palette(tokens),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography
            {
                FontFamily = Fonts, FontSize = "0.875rem", FontWeight = "600", TextTransform = "none", LetterSpacing = "normal",
            },
            Body1 = new Body1Typography { FontFamily = Fonts, FontSize = "0.875rem", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Fonts, FontSize = "0.8125rem", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = Fonts, FontSize = "1.0625rem", FontWeight = "600", LetterSpacing = "normal" },
        },
    };

    private static PaletteLight Palette(DesignTokens tokens) => new()
    {
        Primary = tokens["accent"],
        PrimaryContrastText = tokens["on-accent"],
        Secondary = tokens["neutral"],
        SecondaryContrastText = tokens["surface"],
        Tertiary = tokens["hold"],
        Info = tokens["info"],
        InfoContrastText = tokens["surface"],
        Success = tokens["good"],
        SuccessContrastText = tokens["surface"],
        Warning = tokens["warning"],
        WarningContrastText = tokens["surface"],
        Error = tokens["bad"],
        ErrorContrastText = tokens["surface"],
        Dark = tokens["neutral"],
        DarkContrastText = tokens["surface"],
        Black = tokens["text"],
        Background = tokens["bg"],
        BackgroundGray = tokens["neutral-soft"],
        Surface = tokens["surface"],
        TextPrimary = tokens["text"],
        TextSecondary = tokens["muted"],
        TextDisabled = tokens["muted"],
        ActionDefault = tokens["muted"],
        ActionDisabled = tokens["muted"],
        ActionDisabledBackground = tokens["neutral-soft"],
        LinesDefault = tokens["line"],
        LinesInputs = tokens["line-strong"],
        TableLines = tokens["line"],
        TableHover = tokens["accent-soft"],
        Divider = tokens["line"],
        DividerLight = tokens["line"],
        DrawerBackground = tokens["surface"],
        DrawerText = tokens["text"],
        AppbarBackground = tokens["surface"],
        AppbarText = tokens["text"],
        OverlayDark = tokens.IsDark ? "rgba(0,0,0,0.7)" : "rgba(20,23,28,0.45)",
    };
}
