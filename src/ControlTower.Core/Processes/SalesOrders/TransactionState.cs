using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ControlTower.Core.Facts;

namespace ControlTower.Core.Processes.SalesOrders;

/// <summary>
/// What a transaction's facts amount to: the winners of each entry, no history. Merging is a join (commutative,
/// associative, idempotent), so the same facts give the same state in any order and with any duplication. A retraction
/// is no merge: the engine merges the facts that remain from <see cref="Empty"/>.
/// Not safe for concurrent use; the transaction's row lock guards it.
/// </summary>
public sealed class TransactionState
{
    /// <summary>Version of the JSON; raised when an older node could not read it.</summary>
    public const int Format = 1;

    private readonly List<StateEntry> _entries;

    /// <summary>
    /// Each entry as JSON, null until it is written: most of a state stays the same from one fact to the next.
    /// </summary>
    private readonly List<byte[]?> _written;

    private TransactionState(List<StateEntry> entries)
    {
        _entries = entries;
        _written = [.. Enumerable.Repeat<byte[]?>(null, entries.Count)];
    }

    /// <summary>A new state without any fact.</summary>
    public static TransactionState Empty => new([]);

    /// <summary>The current facts, sorted by key.</summary>
    internal IReadOnlyList<StateEntry> Entries => _entries;

    /// <summary>Takes a fact in. True when it changed anything: duplicates and older snapshots do not.</summary>
    public bool Merge(Fact fact)
    {
        var entry = StateEntry.From(fact);
        var index = _entries.BinarySearch(entry, KeyComparer.Instance);
        if (index < 0)
        {
            _entries.Insert(~index, entry);
            _written.Insert(~index, null);
            return true;
        }

        var existing = _entries[index];
        var joined = StateEntryOrder.Join(existing, entry);
        if (ReferenceEquals(joined, existing))
        {
            return false;
        }

        _entries[index] = joined;
        _written[index] = null;
        return true;
    }

    /// <summary>One text for one state: equal states have equal text.</summary>
    public string ToJson() => Encoding.UTF8.GetString(ToUtf8());

    /// <summary>As <see cref="ToJson"/>, in UTF-8.</summary>
    public byte[] ToUtf8()
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            _written[i] ??= JsonSerializer.SerializeToUtf8Bytes(_entries[i], StateJsonContext.Default.StateEntry);
        }

        var text = new ArrayBufferWriter<byte>(_written.Sum(entry => entry!.Length + 1) + 32);
        text.Write("{\"v\":"u8);
        Utf8Formatter.TryFormat(Format, text.GetSpan(), out var digits);
        text.Advance(digits);
        text.Write(",\"s\":["u8);
        for (var i = 0; i < _written.Count; i++)
        {
            text.Write(i == 0 ? default : ","u8);
            text.Write(_written[i]);
        }

        text.Write("]}"u8);
        return text.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote. Throws <see cref="NotSupportedException"/> for a newer format.</summary>
    public static TransactionState FromJson(string json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return Empty;
        }

        var document = JsonSerializer.Deserialize(json, StateJsonContext.Default.StateDocument)!;
        if (document.Format > Format)
        {
            throw new NotSupportedException($"The state has format {document.Format}; this node reads up to {Format}.");
        }

        return new TransactionState(document.Entries ?? []);
    }

    private sealed class KeyComparer : IComparer<StateEntry>
    {
        public static readonly KeyComparer Instance = new();

        public int Compare(StateEntry? x, StateEntry? y) => StateEntryOrder.ByKey(x!, y!);
    }
}

internal sealed record StateDocument(
    [property: JsonPropertyName("v")] int Format,
    [property: JsonPropertyName("s")] List<StateEntry>? Entries);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StateDocument))]
[JsonSerializable(typeof(StateEntry))]
internal sealed partial class StateJsonContext : JsonSerializerContext;
