using ControlTower.Core.Kernel;
using ControlTower.Core.Policies;


namespace ControlTower.Core.Persistence.Policies;

/// <summary>The policies in force: read from the database, at most a second old.</summary>
public interface IPolicyStore
{
    /// <summary>The last ones read; the defaults with version 0 before the first reading.</summary>
    PolicySet Current { get; }

    /// <summary>The policies, read again when they are older than a second.</summary>
    ValueTask<PolicySet> GetAsync(CancellationToken cancellation = default);

    /// <summary>Writes the default of each policy that is missing. Repeating it changes nothing.</summary>
    Task SeedAsync(CancellationToken cancellation = default);

    /// <summary>
    /// Puts a new version of a policy into force, in one transaction with its audit entry, and has every transaction looked at again that is not at its end.
    /// </summary>
    /// <param name="policy">A <see cref="BillingTriggerPolicy"/>, a <see cref="ClockPolicy"/> or a <see cref="PacePolicy"/>.</param>
    Task ChangeAsync(object policy, Actor actor, string reason, CancellationToken cancellation = default);
}
