using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ControlTower.Core.Facts;

/// <summary>
/// JSON of which the same content has the same bytes: members sorted by their names' code units, null members left out,
/// numbers in their shortest
/// form, no white space. What a sender's library does to the order of members or to <c>1.0</c> changes no hash. A
/// number of more than 28 characters stays
/// as it was written. Stored hashes depend on these bytes: they never change.
/// </summary>
public static class CanonicalJson
{
    /// <summary>What one thread writes with, again and again: an event a request would else cost some of each.</summary>
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _own;

    /// <summary>The canonical text of a JSON document. Throws <see cref="JsonException"/> when it is not JSON.</summary>
    public static byte[] Write(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Write(document.RootElement);
    }

    public static byte[] Write(JsonElement element) => Canonical(element, []).ToArray();

    /// <summary>SHA-256 of the element's canonical text.</summary>
    /// <param name="leftOut">Members of the outermost object that do not count.</param>
    public static byte[] Hash(JsonElement element, params ReadOnlySpan<string> leftOut) => SHA256.HashData(Canonical(element, leftOut));

    /// <summary>The same number without trailing zeros: 1.50 and 1.5 are one content.</summary>
    public static decimal Normalise(decimal value) => value / 1.0000000000000000000000000000m;

    /// <summary>The canonical form as UTF-8, good until this thread writes the next one.</summary>
    private static ReadOnlySpan<byte> Canonical(JsonElement element, ReadOnlySpan<string> leftOut)
    {
        if (_own is not { } own)
        {
            var made = new ArrayBufferWriter<byte>(4096);
            _own = own = (made, new Utf8JsonWriter(made));
        }

        own.Buffer.ResetWrittenCount();
        own.Writer.Reset();
        CanonicalJsonWriter.Write(own.Writer, element, leftOut);
        own.Writer.Flush();
        return own.Buffer.WrittenSpan;
    }
}
