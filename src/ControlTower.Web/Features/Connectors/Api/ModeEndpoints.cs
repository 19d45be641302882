using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;

namespace ControlTower.Web.Features.Connectors;

/// <summary>The endpoints of <c>/api/v1/modes</c>: what the tower does with the commands it wants.</summary>
internal static class ModeEndpoints
{
    public static async Task<IResult> ListAsync(ConnectorModes modes, CancellationToken cancellation) =>
        TypedResults.Ok(new ModeList([.. (await modes.ListAsync(cancellation)).Select(ModeRule.From)]));

    public static async Task<IResult> PutAsync(ModeList body, ConnectorModes modes, ICurrentActor current, CancellationToken cancellation)
    {
        var rules = (body.Items ?? [])
            .Select(rule => new CommandModeRule(rule.Kind ?? "", rule.LegalEntity, rule.Site, rule.Mode))
            .ToList();
        var (errors, refusal) = await modes.ReplaceAsync(rules, await current.GetAsync(), cancellation);
        return errors is not null ? ConnectorEndpoints.Invalid(errors)
            : refusal is not null ? refusal.ToProblem()
            : await ListAsync(modes, cancellation);
    }
}

/// <summary>All rules; what no rule names is sent.</summary>
public sealed record ModeList(IReadOnlyList<ModeRule>? Items);

/// <param name="Kind">A command kind.</param>
/// <param name="LegalEntity">Null for all.</param>
/// <param name="Site">Null for all.</param>
/// <param name="Mode">send, observe or native.</param>
public sealed record ModeRule(string? Kind, string? LegalEntity, string? Site, CommandMode Mode)
{
    internal static ModeRule From(CommandModeRule rule) => new(rule.Kind, rule.LegalEntity, rule.Site, rule.Mode);
}
