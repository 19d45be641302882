namespace ControlTower.Core.Persistence.Adoption;

/// <param name="Adopted">The database was one of version 0.1.0.</param>
/// <param name="Applied">How many migrations were applied.</param>
public sealed record MigrationResult(bool Adopted, int Applied);
