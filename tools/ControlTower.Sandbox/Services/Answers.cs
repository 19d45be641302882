using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Services;

/// <summary>Refusals that all systems of the landscape share.</summary>
internal static class Answers
{
    public static Answer KeyWithOtherContent(string key) => Answer.Rejected(
        "CONTENT_CONFLICT", "The key is taken by another content", $"The key {key} was used before with a different body.");

    public static Answer UnknownKind(string kind) => Answer.Rejected(
        "SCHEMA_INVALID", "Unknown command", $"This system does not take {kind} commands.", 404);

    public static Answer UnknownOrder(string? order) => Answer.Rejected(
        "REFERENCE_UNKNOWN", "Unknown order", $"The order '{order}' is not in the landscape's order book.");

    public static Answer UnknownDocument(string kind, string? number) => Answer.Rejected(
        "REFERENCE_UNKNOWN", "Unknown document", $"The {kind} '{number}' is not in this system's book.");

    public static Answer Missing(string field) => Answer.Rejected(
        "SCHEMA_INVALID", "A required field is missing", $"The command's data lacks {field}.");
}
