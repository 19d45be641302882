using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace ControlTower.Benchmarks;

/// <summary>
/// What another process of .NET holds on its managed heap: what survives a full collection, which its diagnostics port is
/// asked for.
/// </summary>
internal static class CollectedHeap
{
    private const int Full = 2;

    /// <summary>After two collections: what a finalizer held is gone by the second.</summary>
    public static async Task<double> MegabytesAsync(int process)
    {
        await CollectAsync(process);
        return await CollectAsync(process) / 1024d / 1024d;
    }

    /// <summary>Bytes that survived.</summary>
    private static async Task<long> CollectAsync(int process)
    {
        var keywords = ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.GCHeapCollect;
        var provider = new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, (long)keywords);
        using var session = new DiagnosticsClient(process).StartEventPipeSession([provider], requestRundown: false);
        using var events = new EventPipeEventSource(session.EventStream);
        var (isFull, survived, stopping) = (false, 0L, Task.CompletedTask);
        events.Clr.GCStart += start => isFull |= start.Depth == Full && start.Type == GCType.NonConcurrentGC;
        events.Clr.GCHeapStats += stats =>
        {
            if (isFull && survived == 0)
            {
                survived = stats.TotalPromoted;

                // Stopping waits until the events are read, which this thread does.
                stopping = Task.Run(session.Stop);
            }
        };
        events.Process();
        await stopping;
        return survived;
    }
}
