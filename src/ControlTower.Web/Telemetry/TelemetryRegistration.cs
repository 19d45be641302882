using ControlTower.Core.Hosting.Settings;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ControlTower.Web.Telemetry;

/// <summary>Traces and metrics by OTLP, when <c>OpenTelemetry:Endpoint</c> is set.</summary>
internal static class TelemetryRegistration
{
    /// <summary>The tower's own sources of traces and its meter.</summary>
    private const string Own = "ControlTower*";

    public static void AddTowerTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<TelemetryOptions>(configuration, TelemetryOptions.Section).Check(options => options.FindErrors());
        var settings = configuration.ReadSection<TelemetryOptions>(TelemetryOptions.Section);
        if (settings.Address is not { } endpoint)
        {
            return;
        }

        var overHttp = settings.Protocol == "http";
        services.AddOpenTelemetry()
            .ConfigureResource(resource =>
                resource.AddService("control-tower", serviceVersion: typeof(TelemetryRegistration).Assembly.GetName().Version?.ToString()))
            .WithTracing(traces => traces.AddSource(Own).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddNpgsql()
                .AddOtlpExporter(options => Configure(options, "v1/traces")))
            .WithMetrics(metrics =>
                metrics.AddMeter(Own).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()
                .AddNpgsqlInstrumentation().AddOtlpExporter(options => Configure(options, "v1/metrics")));

        void Configure(OtlpExporterOptions options, string path)
        {
            options.Protocol = overHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
            options.Endpoint = overHttp ? new Uri(endpoint, path) : endpoint;
        }
    }
}
