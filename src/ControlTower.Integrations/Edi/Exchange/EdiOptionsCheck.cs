using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Every error of the options at once, one sentence each.</summary>
internal sealed class EdiOptionsCheck : IValidateOptions<EdiOptions>
{
    public ValidateOptionsResult Validate(string? name, EdiOptions options)
    {
        var errors = new List<string>();
        if (options.MostMegabytes is < 1 or > 2000)
        {
            errors.Add($"{EdiOptions.Section}:MostMegabytes is {options.MostMegabytes}; it must be 1 to 2,000.");
        }

        if (options.Root is { Length: > 0 } root && !Path.IsPathFullyQualified(root))
        {
            errors.Add($"{EdiOptions.Section}:Root is {root}; it must be a full path.");
        }

        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}
