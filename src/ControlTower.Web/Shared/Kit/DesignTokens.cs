using System.Collections.Frozen;

namespace ControlTower.Web.Shared.Kit;

/// <summary>
/// The colours of the product, by name, once for each theme: the style sheet has them as <c>--ct-…</c>, and MudBlazor's
/// palette is made of them. Text colours have a contrast of at least 4.5 on their backgrounds (WCAG 2.2, 1.4.3), those
/// of high contrast 7.
/// </summary>
public sealed class DesignTokens
{
    private readonly FrozenDictionary<string, string> _colours;

    private DesignTokens(bool isDark, Dictionary<string, string> colours) =>
        (IsDark, _colours) = (isDark, colours.ToFrozenDictionary(StringComparer.Ordinal));

    public bool IsDark { get; }

    /// <summary>Name to colour, <c>#rrggbb</c>.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => _colours.OrderBy(token => token.Key, StringComparer.Ordinal);

    public string this[string name] => _colours[name];

    public static DesignTokens Light { get; } = new(false, new()
    {
        ["bg"] = "#f5f6f8",
        ["surface"] = "#ffffff",
        ["raised"] = "#ffffff",
        ["line"] = "#dde0e6",
        ["line-strong"] = "#8a919e",
        ["text"] = "#1c2230",
        ["muted"] = "#566072",
        ["accent"] = "#1f4fd8",
        ["accent-soft"] = "#e8eefd",
        ["focus"] = "#1f4fd8",
        ["nav"] = "#182033",
        ["nav-text"] = "#c6cede",
        ["nav-hover"] = "#243049",
        ["nav-active"] = "#2c4a9c",
        ["neutral"] = "#4d5667",
        ["neutral-soft"] = "#eceef2",
        ["info"] = "#1b4fb8",
        ["info-soft"] = "#e6eefc",
        ["good"] = "#146c3c",
        ["good-soft"] = "#e2f4e9",
        ["warning"] = "#855000",
        ["warning-soft"] = "#fdf0d8",
        ["hold"] = "#6a3db4",
        ["hold-soft"] = "#f0e9fc",
        ["bad"] = "#b3202f",
        ["bad-soft"] = "#fde7e8",
        ["on-accent"] = "#ffffff",
        ["notice"] = "#3b2a05",
        ["on-notice"] = "#ffe9b8",
    });

    public static DesignTokens Dark { get; } = new(true, new()
    {
        ["bg"] = "#14171c",
        ["surface"] = "#1c2027",
        ["raised"] = "#242932",
        ["line"] = "#323843",
        ["line-strong"] = "#6d7686",
        ["text"] = "#e8eaef",
        ["muted"] = "#a5adbb",
        ["accent"] = "#8fb0ff",
        ["accent-soft"] = "#26335a",
        ["focus"] = "#9dbaff",
        ["nav"] = "#10131a",
        ["nav-text"] = "#c6cede",
        ["nav-hover"] = "#1b2130",
        ["nav-active"] = "#263a78",
        ["neutral"] = "#b4bccb",
        ["neutral-soft"] = "#2c323d",
        ["info"] = "#93b8ff",
        ["info-soft"] = "#20305a",
        ["good"] = "#74d39c",
        ["good-soft"] = "#17382a",
        ["warning"] = "#f2bd5f",
        ["warning-soft"] = "#413113",
        ["hold"] = "#c9abff",
        ["hold-soft"] = "#36275a",
        ["bad"] = "#ff9a9f",
        ["bad-soft"] = "#4a1f25",
        ["on-accent"] = "#14171c",
        ["notice"] = "#f6d58d",
        ["on-notice"] = "#2b1f04",
    });

    public static DesignTokens HighContrast { get; } = new(true, new()
    {
        ["bg"] = "#000000",
        ["surface"] = "#000000",
        ["raised"] = "#0a0a0a",
        ["line"] = "#8c8c8c",
        ["line-strong"] = "#ffffff",
        ["text"] = "#ffffff",
        ["muted"] = "#e0e0e0",
        ["accent"] = "#7fd4ff",
        ["accent-soft"] = "#00324a",
        ["focus"] = "#ffff00",
        ["nav"] = "#000000",
        ["nav-text"] = "#ffffff",
        ["nav-hover"] = "#1f1f1f",
        ["nav-active"] = "#00324a",
        ["neutral"] = "#ffffff",
        ["neutral-soft"] = "#262626",
        ["info"] = "#7fd4ff",
        ["info-soft"] = "#00283b",
        ["good"] = "#6dff9b",
        ["good-soft"] = "#002b12",
        ["warning"] = "#ffd24a",
        ["warning-soft"] = "#332600",
        ["hold"] = "#d9b8ff",
        ["hold-soft"] = "#2a1147",
        ["bad"] = "#ff9d9d",
        ["bad-soft"] = "#450007",
        ["on-accent"] = "#000000",
        ["notice"] = "#ffff00",
        ["on-notice"] = "#000000",
    });
}
