namespace ControlTower.Core.Kernel;

/// <summary>Shortens text of other systems and people to the column that keeps it.</summary>
public static class TextCut
{
    public static string CutTo(this string text, int length) => text.Length <= length ? text : text[..length];
}
