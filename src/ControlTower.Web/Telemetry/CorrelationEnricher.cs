using System.Diagnostics;
using Serilog.Core;
using Serilog.Events;

namespace ControlTower.Web.Telemetry;

/// <summary>
/// Gives each log record the correlation id of the order it is about: that of the scope, else that of the trace it was
/// written in. The same id runs from the first fact to the posting.
/// </summary>
internal sealed class CorrelationEnricher : ILogEventEnricher
{
    private const string Id = "CorrelationId";

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (!logEvent.Properties.ContainsKey(Id) && Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            logEvent.AddOrUpdateProperty(propertyFactory.CreateProperty(Id, activity.TraceId.ToString()));
        }
    }
}
