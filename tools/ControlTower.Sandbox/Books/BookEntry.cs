using System.Text.Json;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Books;

/// <summary>One line of a system's book: a command with its answer and effect, or a fact that was said.</summary>
internal sealed record BookEntry(CommandEntry? Command, FactEntry? Fact)
{
    public static BookEntry Parse(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<BookEntry>(line, Json.Options) ?? throw new JsonException("An entry is empty.");

    public byte[] ToLine() => JsonSerializer.SerializeToUtf8Bytes(this, Json.Options);
}

/// <param name="Hash">SHA-256 of the command as it was sent.</param>
/// <param name="Effect">Null when it was refused for its form.</param>
internal sealed record CommandEntry(string Key, string Kind, string Hash, Answer Answer, Effect? Effect);

/// <param name="Connector">Whose inbound address of the tower it goes to.</param>
/// <param name="Id">The event's id, taken out of it for a quick look.</param>
/// <param name="Together">It goes out in one request with the fact before it.</param>
/// <param name="Event">The CloudEvents event as it is sent.</param>
internal sealed record FactEntry(string Connector, string Id, string Subject, bool Together, JsonElement Event);
