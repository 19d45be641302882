using System.ComponentModel.DataAnnotations;

namespace ControlTower.Web.Jobs;

/// <summary>Section <c>Jobs</c>.</summary>
internal sealed record JobOptions
{
    public const string Section = "Jobs";

    /// <summary>How often a node reports to the others' schedulers that it runs.</summary>
    [Range(1, 60)]
    public int CheckInSeconds { get; init; } = 20;

    /// <summary>
    /// How late a node's check-in may be before the others take its jobs over; more than the clocks of
    /// the nodes differ, and than a job's lease.
    /// </summary>
    [Range(1, 3600)]
    public int CheckInThresholdSeconds { get; init; } = 120;

    /// <summary>How long a running job stays with a node that does not renew its lease.</summary>
    [Range(1, 600)]
    public int LeaseSeconds { get; init; } = 60;
}
