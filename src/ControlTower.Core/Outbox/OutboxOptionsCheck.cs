using Microsoft.Extensions.Options;

namespace ControlTower.Core.Outbox;

/// <summary>All errors of the section <c>Outbox</c> at once.</summary>
internal sealed class OutboxOptionsCheck : IValidateOptions<OutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboxOptions options)
    {
        var errors = new List<string>();
        Range(nameof(options.LeaseSeconds), options.LeaseSeconds, 5, 600);
        Range(nameof(options.PollMilliseconds), options.PollMilliseconds, 10, 1000);
        Range(nameof(options.ClaimSize), options.ClaimSize, 1, 500);
        Range(nameof(options.SettleSize), options.SettleSize, 1, 1000);
        Range(nameof(options.UnknownBeforeParking), options.UnknownBeforeParking, 1, 100);
        Range(nameof(options.SettleSeconds), options.SettleSeconds, 1, 86_400);
        Range(nameof(options.LookupsBeforeParking), options.LookupsBeforeParking, 1, 100);
        Range(nameof(options.ProbeSeconds), options.ProbeSeconds, 1, 3600);
        Range(nameof(options.BackoffMilliseconds), options.BackoffMilliseconds, 1, 60_000);
        Range(nameof(options.LongestBackoffSeconds), options.LongestBackoffSeconds, 1, 3600);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Range(string key, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                errors.Add($"{OutboxOptions.Section}:{key} is {value}; it must be {least} to {most}.");
            }
        }
    }
}
