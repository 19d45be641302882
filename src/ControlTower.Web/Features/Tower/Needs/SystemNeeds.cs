using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Web.Features.Connectors;
using ControlTower.Web.Identity;
using ControlTower.Web.Shared;

namespace ControlTower.Web.Features.Tower.Needs;

/// <summary>Systems that are down, unauthorised, degraded, paused or silent.</summary>
internal static class SystemNeeds
{
    public static IEnumerable<Need> From(TowerSnapshot snapshot, Actor viewer) => snapshot.Connectors
        .Where(connector => IsInTrouble(connector, snapshot.AsOf))
        .Select(connector => Row(connector, viewer, snapshot));

    /// <summary>Those that need somebody first, the worst before the others.</summary>
    public static IReadOnlyList<ConnectorStrip> WorstFirst(IEnumerable<ConnectorStrip> connectors, DateTimeOffset now) =>
        [.. connectors.OrderByDescending(connector => Weight(connector, now)).ThenBy(connector => connector.Name, StringComparer.Ordinal)];

    public static StateDisplay Look(ConnectorStrip connector, DateTimeOffset now) =>
        SystemState.Look(connector.Health, connector.Paused, IsSilent(connector, now));

    public static bool IsInTrouble(ConnectorStrip connector, DateTimeOffset now) => Weight(connector, now) > 0;

    private static bool IsSilent(ConnectorStrip connector, DateTimeOffset now) =>
        SystemState.IsSilent(connector.HeardAt, connector.PollSeconds, now);

    private static decimal Weight(ConnectorStrip connector, DateTimeOffset now) => connector switch
    {
        { Paused: false, Health: ConnectorHealth.Down or ConnectorHealth.Unauthorised } => Urgency.SystemDown,
        { Paused: true } or { Health: not ConnectorHealth.Healthy } => Urgency.SystemTrouble,
        _ => IsSilent(connector, now) ? Urgency.SystemSilent : 0,
    };

    private static Need Row(ConnectorStrip connector, Actor viewer, TowerSnapshot snapshot)
    {
        var (systemNow, now, action) = (snapshot.AsOf, snapshot.BusinessNow, Action(connector, viewer));
        return new(
            $"system-{connector.Name}", NeedKind.System, Look(connector, systemNow), Text(connector, systemNow), [], null,
            "Integration", action, Urgency.For(Weight(connector, systemNow), now, now)) { IsQuiet = action is null };
    }

    private static string Text(ConnectorStrip connector, DateTimeOffset now)
    {
        var state = connector switch
        {
            { Paused: true, PausedReason: { Length: > 0 } reason } => $"is paused: {reason.TrimEnd('.')}",
            { Paused: true } => "is paused",
            { Health: ConnectorHealth.Down } => "cannot be reached",
            { Health: ConnectorHealth.Unauthorised } => "refuses the tower's credentials",
            { Health: ConnectorHealth.Degraded } => "answers slowly or fails in part",
            { LastReportAt: null, RegisteredAt: { } registered } =>
                $"has not reported since it was registered {TimeFormat.Duration(now - registered)} ago (system time)",
            _ => $"has not reported for {TimeFormat.Duration(now - connector.HeardAt!.Value)} (system time)",
        };
        var waiting = $"{NumberFormat.Count(connector.Waiting, "command")} {(connector.Waiting == 1 ? "waits" : "wait")} for it";
        return connector.Waiting == 0 ? $"{connector.Name} {state}" : $"{connector.Name} {state}; {waiting}";
    }

    private static NeedAction? Action(ConnectorStrip connector, Actor viewer) =>
        connector.Paused && Rights.MayOperateConnectors(viewer) ? new($"Resume {connector.Name}", null, connector.Name)
        : Rights.MaySeeConnectors(viewer) ? new($"Open {connector.Name}", $"connectors/{Uri.EscapeDataString(connector.Name)}")
        : null;
}
