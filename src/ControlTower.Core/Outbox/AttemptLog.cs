using System.Diagnostics.Metrics;
using ControlTower.Core.Connectors;
using ControlTower.Core.Engine;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Outbox;

/// <summary>Reports attempts of commands to logs and metrics, after the commit that recorded their outcome.</summary>
public sealed class AttemptLog(ILogger<AttemptLog> log)
{
    private static readonly Meter Meter = new(LifecycleLog.Name);
    private static readonly Counter<long> Commands = Meter.CreateCounter<long>(
        "control_tower.commands.ended", "{command}", "Attempts of commands, by outcome");

    internal void Report(IReadOnlyList<AttemptEnded> attempts)
    {
        foreach (var (command, result, _) in attempts)
        {
            var level = result.Outcome == SendOutcome.Accepted ? LogLevel.Information : LogLevel.Warning;
            if (log.IsEnabled(level))
            {
                log.Log(
                    level,
                    "{Command} to {Connector}: {Outcome} {Code} ({CorrelationId})",
                    command.Key,
                    command.Connector,
                    result.Outcome,
                    result.Code ?? "",
                    TraceContext.TraceIdOf(command.TraceParent) ?? "");
            }

            Commands.Add(1, new("kind", command.Kind), new("outcome", result.Outcome.ToString()));
        }
    }
}
