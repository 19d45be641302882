namespace ControlTower.Core.Persistence.Policies;

/// <summary>A version of a policy; the highest version of a name is in force.</summary>
public sealed class PolicyRecord
{
    public long Id { get; set; }

    /// <summary>billing-trigger, clocks, pace or approvals.</summary>
    public required string Name { get; set; }

    public int Version { get; set; }

    public required string Json { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string CreatedBy { get; set; }
}
