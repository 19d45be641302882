using System.ComponentModel.DataAnnotations;

namespace ControlTower.Web.Telemetry;

/// <summary>Section <c>OpenTelemetry</c>.</summary>
internal sealed record TelemetryOptions
{
    public const string Section = "OpenTelemetry";

    /// <summary>OTLP collector for traces and metrics; without it neither is sent.</summary>
    /// <value>http or https address</value>
    public string? Endpoint { get; init; }

    /// <summary>How the collector is spoken to.</summary>
    [AllowedValues("grpc", "http")]
    public string Protocol { get; init; } = "grpc";

    /// <summary>The endpoint; null where none is set or it is no address.</summary>
    internal Uri? Address => Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    internal IEnumerable<string> FindErrors()
    {
        if (Endpoint is { Length: > 0 } endpoint && Address is null)
        {
            yield return $"{Section}:Endpoint: '{endpoint}' is not an http or https address; "
                + "write it as http://127.0.0.1:4317, or leave it out.";
        }
    }
}
