using System.Text.Json;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Books;

/// <summary>One line of a system's book: a command with its answer and effect, or a fact that was sent.</summary>
internal sealed record BookEntry(CommandEntry? Command, FactEntry? Fact)
{
    public static BookEntry Parse(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<BookEntry>(line, Json.Options) ?? throw new JsonException("An entry is empty.");

    public byte[] ToLine() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Options);
}

/// <param name="Hash">SHA-256 of the command as it was sent.</param>
/// <param name="Effect">Null when the command was malformed.</param>
internal sealed record CommandEntry(string Key, string Kind, string Hash, Answer Answer, Effect? Effect);

/// <param name="Connector">The connector whose inbound address at the tower it is sent to.</param>
/// <param name="Id">The event's id, copied from the event for a fast search.</param>
/// <param name="Together">It is sent in one request with the fact before it.</param>
/// <param name="Event">The CloudEvents event as it is sent.</param>
internal sealed record FactEntry(string Connector, string Id, string Subject, bool Together, JsonElement Event);
