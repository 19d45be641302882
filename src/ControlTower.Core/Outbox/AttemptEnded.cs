using ControlTower.Core.Connectors;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Outbox;

/// <summary>The result of one attempt, to be written to the database.</summary>
internal sealed record AttemptEnded(OutboxCommand Command, SendResult Result, UnknownOutcomePolicy Policy);
