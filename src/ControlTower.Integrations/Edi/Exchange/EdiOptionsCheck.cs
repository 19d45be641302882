using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Every fault of the options at once, one sentence each.</summary>
internal sealed class EdiOptionsCheck : IValidateOptions<EdiOptions>
{
    public ValidateOptionsResult Validate(string? name, EdiOptions options)
    {
        var faults = new List<string>();
        if (options.MostMegabytes is < 1 or > 2000)
        {
            faults.Add($"{EdiOptions.Section}:MostMegabytes is {options.MostMegabytes}; it must be 1 to 2,000.");
        }

        if (options.Root is { Length: > 0 } root && !Path.IsPathFullyQualified(root))
        {
            faults.Add($"{EdiOptions.Section}:Root is {root}; it must be a full path.");
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
