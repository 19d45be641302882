using ControlTower.Core.Connectors;
using ControlTower.Core.Persistence.Outbox;

namespace ControlTower.Core.Outbox;

/// <summary>What became of one attempt, on its way into the database.</summary>
internal sealed record AttemptEnded(OutboxCommand Command, SendResult Result, UnknownOutcomePolicy Policy);
