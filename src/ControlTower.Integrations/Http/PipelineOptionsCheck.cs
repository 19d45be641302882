using ControlTower.Core.Outbox;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Http;

/// <summary>All errors of <c>Connectors:Pipeline</c> at once, among them a time-out that a lease could not cover.</summary>
internal sealed class PipelineOptionsCheck(IOptions<OutboxOptions> outbox) : IValidateOptions<PipelineOptions>
{
    public ValidateOptionsResult Validate(string? name, PipelineOptions options)
    {
        var errors = new List<string>();
        Require(options.TimeoutSeconds >= 1 && options.TimeoutSeconds * 2 < outbox.Value.LeaseSeconds,
            $"Connectors:Pipeline:TimeoutSeconds must be at least 1 and below half of Outbox:LeaseSeconds ({outbox.Value.LeaseSeconds}).");
        Require(options.DefaultConcurrency is >= 1 and <= 1000, "Connectors:Pipeline:DefaultConcurrency must be 1 to 1000.");
        Require(options.RepeatsOfNotSent is >= 0 and <= 10, "Connectors:Pipeline:RepeatsOfNotSent must be 0 to 10.");
        Require(options.BreakerFailures is >= 2 and <= 1000, "Connectors:Pipeline:BreakerFailures must be 2 to 1000.");
        Require(options.BreakSeconds is >= 1 and <= 3600, "Connectors:Pipeline:BreakSeconds must be 1 to 3600.");
        Require(options.UnauthorisedSeconds is >= 1 and <= 3600, "Connectors:Pipeline:UnauthorisedSeconds must be 1 to 3600.");
        Require(options.ThrottledSeconds is >= 1 and <= 3600, "Connectors:Pipeline:ThrottledSeconds must be 1 to 3600.");
        Require(options.LongestRetryAfterSeconds is >= 1 and <= 86400, "Connectors:Pipeline:LongestRetryAfterSeconds must be 1 to 86400.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Require(bool holds, string error)
        {
            if (!holds)
            {
                errors.Add(error);
            }
        }
    }
}
