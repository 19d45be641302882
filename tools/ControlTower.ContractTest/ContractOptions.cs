using ControlTower.Core.Connectors;
using ControlTower.ProgramOptions;

namespace ControlTower.ContractTest;

/// <summary>The options of the contract test's command line.</summary>
internal sealed record ContractOptions(string Url, byte[] Key, IReadOnlyList<string> Kinds, bool Poll)
{
    /// <summary>The options, or null and every error at once.</summary>
    public static ContractOptions? Parse(IReadOnlyList<string> words, out IReadOnlyList<string> errors)
    {
        var parsed = ContractCommand.Command.Read(words);
        errors = parsed.FindErrors("see --help");
        if (errors.Count > 0)
        {
            return null;
        }

        _ = WebhookSecret.TryParse(parsed.GetValue(ContractCommand.Secret), out var key);
        var roles = parsed.GetValue(ContractCommand.Role) ?? [];
        string[] kinds = [.. roles.SelectMany(SampleCommand.KindsOf), .. parsed.GetValue(ContractCommand.Kind) ?? []];
        var url = parsed.GetValue(ContractCommand.Url)!.TrimEnd('/');
        var options = new ContractOptions(url, key, kinds, parsed.GetValue(ContractCommand.Poll));
        errors = kinds.Length == 0 && !options.Poll ? ["Say what to try: --role, --kind or --poll."] : [];
        return errors.Count == 0 ? options : null;
    }
}
