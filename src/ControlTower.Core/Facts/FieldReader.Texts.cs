using System.Text.Json;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Facts;

/// <content>Texts, numbers of documents and codes.</content>
public readonly partial struct FieldReader
{
    /// <summary>A text for people; numbers are taken as written, blanks around it are not. Empty counts as absent.</summary>
    public string? Text(int maxLength = Lengths.Sentence)
    {
        var text = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!.Trim(),
            JsonValueKind.Number => element.GetRawText(),
            _ => null,
        };
        if (text is null && IsPresent)
        {
            AddError($"{path} must be a text.");
        }

        if (text?.Length > maxLength)
        {
            AddError($"{path} is longer than {maxLength} characters.");
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>
    /// A number or a code, which other facts must match. The databases compare it by its bytes, but SQL Server ignores
    /// blanks at its end, and
    /// nobody sees a control character in it.
    /// </summary>
    public string? Identifier(int maxLength = Lengths.BusinessKey)
    {
        var text = Text(maxLength);
        if (HasControl(text))
        {
            AddError($"{path} has a control character.");
        }

        return text;
    }

    /// <summary>The two ranges of Unicode's control characters.</summary>
    internal static bool HasControl(ReadOnlySpan<char> text) =>
        text.ContainsAnyInRange('\0', '\u001f') || text.ContainsAnyInRange('\u007f', '\u009f');

    public string? Number() => Identifier();

    public string RequiredText(int maxLength = Lengths.BusinessKey)
    {
        var text = Identifier(maxLength);
        if (text is null)
        {
            // A value that is no text has the first error already.
            AddError($"{path} is missing.");
        }

        return text ?? "";
    }
}
