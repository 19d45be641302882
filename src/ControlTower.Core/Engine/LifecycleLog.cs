using System.Diagnostics;
using System.Diagnostics.Metrics;
using ControlTower.Core.Kernel;
using Microsoft.Extensions.Logging;

namespace ControlTower.Core.Engine;

/// <summary>
/// A merged and committed fact as logs and traces report it: numbers and names of milestones, no payload and no person.
/// </summary>
/// <param name="CorrelationId">The transaction's trace id, 32 hex digits.</param>
/// <param name="AcceptedAt">System time of its receipt.</param>
/// <param name="AppliedAt">System time of the merge.</param>
public sealed record AppliedFact(
    string Transaction, string CorrelationId, string Milestone, string Connector, DateTimeOffset AcceptedAt, DateTimeOffset AppliedAt);

/// <summary>
/// Reports to logs, traces and metrics what happens to an order, after the commit. Every log record and span carries
/// the order's correlation id. Its records have a category of their own: a file keeps them, a console may leave them
/// out, and where they are disabled none is made.
/// </summary>
public sealed class LifecycleLog(ILogger<LifecycleLog> log)
{
    /// <summary>Name of the trace source and the meter.</summary>
    public const string Name = "ControlTower";

    private static readonly ActivitySource Traces = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Facts = Meter.CreateCounter<long>(
        "control_tower.facts.applied", "{fact}", "Facts merged into a transaction");
    private static readonly Histogram<double> Latency = Meter.CreateHistogram<double>(
        "control_tower.fact.latency", "s", "From a fact's receipt to its merge");

    internal void Report(IReadOnlyList<AppliedFact> facts)
    {
        foreach (var fact in facts)
        {
            if (log.IsEnabled(LogLevel.Information))
            {
                log.LogInformation("{Transaction}: {Milestone} from {Connector} applied ({CorrelationId})", fact.Transaction,
                    fact.Milestone, fact.Connector, fact.CorrelationId);
            }

            Facts.Add(1, new KeyValuePair<string, object?>("milestone", fact.Milestone));
            Latency.Record((fact.AppliedAt - fact.AcceptedAt).TotalSeconds);
            Trace(fact);
        }
    }

    private static void Trace(AppliedFact fact)
    {
        if (!Traces.HasListeners())
        {
            return;
        }

        // The order's own trace; its root is the order itself, which is never recorded as a span.
        var parent = TraceContext.ParentIn(fact.CorrelationId);
        using var span = Traces.StartActivity(
            ActivityKind.Consumer,
            parent,
            [new("control_tower.transaction", fact.Transaction), new("control_tower.connector", fact.Connector)],
            startTime: fact.AcceptedAt,
            name: $"apply {fact.Milestone}");
        span?.SetEndTime(fact.AppliedAt.UtcDateTime);
    }
}
