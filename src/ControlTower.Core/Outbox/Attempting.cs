using ControlTower.Core.Persistence;

namespace ControlTower.Core.Outbox;

/// <summary>Marks locked commands as being sent and writes their attempts, for the caller's <c>SaveChanges</c>.</summary>
internal static class Attempting
{
    public static void Begin(TowerDbContext db, IEnumerable<OutboxCommand> commands, ClaimRequest request)
    {
        foreach (var command in commands)
        {
            command.State = CommandState.Sending;
            command.LeaseOwner = request.Owner;
            command.LeaseUntil = request.LeaseUntil;
            command.PolicyVersion = request.PolicyVersion;
            command.Attempts++;
            db.Attempts.Add(new CommandAttempt { CommandId = command.Id, Number = command.Attempts, StartedAt = request.Now });
        }
    }
}
