namespace ControlTower.Core.Persistence.Adoption;

/// <summary>
/// The database was made by another version than this one can bring forward, or was changed by hand. Its message is one
/// sentence.
/// </summary>
public sealed class UnknownSchemaException(string message) : Exception(message);
