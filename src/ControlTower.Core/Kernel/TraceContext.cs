using System.Diagnostics;

namespace ControlTower.Core.Kernel;

/// <summary>W3C trace context as it comes in and goes out: <c>00-{trace id}-{span id}-01</c>.</summary>
public static class TraceContext
{
    /// <summary>The header, and the member of an event.</summary>
    public const string Parent = "traceparent";

    /// <summary>The header, and the member of an event, for what vendors of tracing add.</summary>
    public const string State = "tracestate";

    private const int TraceDigits = 32;
    private const int SpanDigits = 16;
    private const int TraceStart = 3;
    private const int Length = 55;

    /// <summary>The trace parent of a span in a trace.</summary>
    /// <param name="span">Begins with the span id, 16 hex digits.</param>
    public static string Format(string traceId, string span) => $"00-{traceId}-{span[..SpanDigits]}-01";

    /// <summary>The trace id; null when the text is no trace parent or names no trace.</summary>
    public static string? TraceIdOf(string? traceParent) =>
        traceParent is { Length: >= Length } text && text[2] == '-' && text[TraceStart + TraceDigits] == '-'
            && text.AsSpan(TraceStart, TraceDigits) is var trace
            && trace.IndexOfAnyExceptInRange('0', 'f') < 0 && trace.ContainsAnyExcept('0')
            ? trace.ToString()
            : null;

    /// <summary>The trace id of a thing whose sender named none.</summary>
    public static string TraceIdFor(string key) => Digest.Hex(key)[..TraceDigits];

    /// <summary>The parent of spans that belong to the trace.</summary>
    public static ActivityContext ParentIn(string traceId) => new(
        ActivityTraceId.CreateFromString(traceId),
        ActivitySpanId.CreateFromString(traceId.AsSpan(0, SpanDigits)),
        ActivityTraceFlags.Recorded,
        isRemote: true);
}
