using System.Buffers;
using System.Globalization;
using System.Text;

namespace ControlTower.Integrations.Edi.X12;

/// <summary>
/// Writes interchanges: pads ISA, counts segments, sets and groups, repeats control numbers in the trailers. X12 has no
/// way to escape a separator: an element that holds one is an error, reported in <see cref="Error"/>; free text goes
/// through <see cref="Free"/> first.
/// </summary>
public sealed class X12Writer(IBufferWriter<byte> output, X12Delimiters delimiters, bool lineBreaks = true)
{
    private static readonly Separator LineBreak = (byte)'\n';
    private X12Header? _header;
    private string _groupControl = "";
    private string _setControl = "";
    private int _groups;
    private int _sets;
    private int _segments;

    /// <summary>
    /// One sentence about the first thing that could not be written, or null. The output is of no use then.
    /// </summary>
    public string? Error { get; private set; }

    public void BeginInterchange(X12Header header)
    {
        _header = header;
        _groups = 0;
        var standard = delimiters.Repetition.IsNone ? header.Standard : delimiters.Repetition.ToString();
        Raw("ISA", "00", Pad("", 10), "00", Pad("", 10), header.SenderQualifier, Pad(header.Sender, 15), header.ReceiverQualifier,
            Pad(header.Receiver, 15),
            header.Date, header.Time, standard, header.Version, header.Control, header.AcknowledgementRequested ? "1" : "0", header.Usage,
            delimiters.Component.ToString());
        if (header.Control.Length != 9 || !header.Control.All(char.IsAsciiDigit))
        {
            Error ??= $"The interchange control number {header.Control} is not nine digits.";
        }
    }

    /// <param name="at">Local time of writing.</param>
    public void BeginGroup(string code, string sender, string receiver, DateTime at, string control, string version)
    {
        _groups++;
        _sets = 0;
        _groupControl = control;
        Segment("GS", code, sender, receiver, at.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            at.ToString("HHmm", CultureInfo.InvariantCulture), control, "X", version);
    }

    public void BeginSet(string id, string control)
    {
        _sets++;
        _segments = 0;
        _setControl = control;
        Segment("ST", id, control);
    }

    /// <summary>Writes one segment; null and empty elements at its end are left out.</summary>
    public void Segment(string id, params ReadOnlySpan<string?> elements)
    {
        _segments++;
        var count = elements.Length;
        while (count > 0 && string.IsNullOrEmpty(elements[count - 1]))
        {
            count--;
        }

        Write(id);
        for (var i = 0; i < count; i++)
        {
            Write(delimiters.Element);
            Check(id, i + 1, elements[i]);
            Write(elements[i] ?? "");
        }

        EndSegment();
    }

    public void Segment(X12Line line) => Segment(line.Id, [.. line.Elements]);

    public void EndSet() => Segment("SE", Text(_segments + 1), _setControl);

    public void EndGroup() => Segment("GE", Text(_sets), _groupControl);

    public void EndInterchange() => Segment("IEA", Text(_groups), _header!.Control);

    /// <summary>Free text with what cannot be written replaced by blanks, cut to the length; null stays null.</summary>
    public string? Free(string? text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var clean = new string([.. text.Select(letter => char.IsControl(letter) || !Rune.TryCreate(letter, out var rune)
            || delimiters.Has(rune) ? ' ' : letter)]).Trim();
        return clean.Length > longest ? clean[..longest].TrimEnd() : clean;
    }

    private static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Length(text)));

    private static int Length(string text) => text.EnumerateRunes().Count();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Raw(params ReadOnlySpan<string> pieces)
    {
        for (var i = 0; i < pieces.Length; i++)
        {
            if (i > 0)
            {
                Write(delimiters.Element);
                if (Length(pieces[i]) != X12Header.Widths[i - 1])
                {
                    Error ??= $"ISA{i:00} {pieces[i].Trim()} does not have {X12Header.Widths[i - 1]} characters.";
                }

                if (i < 16)
                {
                    Check("ISA", i, pieces[i] == delimiters.Repetition.ToString() ? "" : pieces[i]);
                }
            }

            Write(pieces[i]);
        }

        EndSegment();
    }

    private void Check(string segment, int position, string? value)
    {
        foreach (var letter in (value ?? "").EnumerateRunes())
        {
            if (letter.Value < ' ' || delimiters.Has(letter))
            {
                Error ??= $"{segment}{position:00} holds a character that X12 cannot carry: {Free(value, 35)}.";
                return;
            }
        }
    }

    private void EndSegment()
    {
        Write(delimiters.Segment);
        if (lineBreaks && !delimiters.Segment.IsLineBreak)
        {
            Write(LineBreak);
        }
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, output);

    private void Write(Separator separator) => output.Advance(separator.CopyTo(output.GetSpan(4)).Length);
}
