using System.Globalization;
using System.Text;

namespace ControlTower.Integrations.Edi.Edifact;

/// <summary>
/// Writes segments of EDIFACT with the usual separators, counted, in Latin-1 (UNOC) or in UTF-8 (UNOW, UNOY). Data that
/// looks like a separator is released.
/// </summary>
internal sealed class EdifactWriter(bool lineBreaks, bool utf8 = false)
{
    private const string Special = "+:'?";
    private readonly StringBuilder _text = new();

    /// <summary>Segments so far.</summary>
    public int Segments { get; private set; }

    /// <param name="elements">Each with its components apart by a unit separator (0x1F); null and empty ones at the end
    /// are left out.</param>
    public void Segment(string tag, params ReadOnlySpan<string?> elements)
    {
        _text.Append(tag);
        var last = elements.Length;
        while (last > 0 && string.IsNullOrEmpty(elements[last - 1]))
        {
            last--;
        }

        foreach (var element in elements[..last])
        {
            _text.Append('+');
            Element(element ?? "");
        }

        _text.Append('\'');
        if (lineBreaks)
        {
            _text.Append("\r\n");
        }

        Segments++;
    }

    public static string Composite(params ReadOnlySpan<string?> components) => string.Join('\u001F', components).TrimEnd('\u001F');

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public byte[] ToBytes() => (utf8 ? Encoding.UTF8 : Encoding.Latin1).GetBytes(_text.ToString());

    private void Element(string text)
    {
        foreach (var letter in text)
        {
            if (letter == '\u001F')
            {
                _text.Append(':');
                continue;
            }

            if (Special.Contains(letter, StringComparison.Ordinal))
            {
                _text.Append('?');
            }

            _text.Append(letter is < ' ' or (> '~' and < '\u00A0') || (letter > '\u00FF' && !utf8) ? '_' : letter);
        }
    }
}
