namespace ControlTower.Web.Shared;

/// <summary>Colour family of a state; the style sheet gives each one light and dark values of WCAG AA contrast.</summary>
public enum Tone
{
    Neutral,
    Info,
    Good,
    Warning,
    Hold,
    Bad,
}

/// <summary>How a state looks: one word, one icon (Material Symbols), one colour, one explanation, everywhere.</summary>
public sealed record StateDisplay(string Text, string Icon, Tone Tone, string Tooltip)
{
    /// <summary>CSS class that carries the tone: <c>tone-good</c>.</summary>
    public string CssClass => Tone switch
    {
        Tone.Info => "tone-info",
        Tone.Good => "tone-good",
        Tone.Warning => "tone-warning",
        Tone.Hold => "tone-hold",
        Tone.Bad => "tone-bad",
        _ => "tone-neutral",
    };
}
