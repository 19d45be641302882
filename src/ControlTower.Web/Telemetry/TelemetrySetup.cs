using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ControlTower.Web.Telemetry;

/// <summary>Traces and metrics by OTLP, when <c>OpenTelemetry:Endpoint</c> says where to.</summary>
internal static class TelemetrySetup
{
    /// <summary>The tower's own sources of traces and its meter.</summary>
    private const string Own = "ControlTower*";

    public static void AddTowerTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["OpenTelemetry:Endpoint"] is not { Length: > 0 } endpoint)
        {
            return;
        }

        services.AddHostedService(_ => new TelemetryExport(new Uri(endpoint), configuration["OpenTelemetry:Protocol"] == "http"));
    }

    /// <summary>Exports from start to stop; what is left is flushed at the end.</summary>
    private sealed class TelemetryExport(Uri endpoint, bool overHttp) : IHostedService, IDisposable
    {
        private TracerProvider? _traces;
        private MeterProvider? _metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService("control-tower", serviceVersion: typeof(TelemetrySetup).Assembly.GetName().Version?.ToString());
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
                .AddSource(Own, "Microsoft.AspNetCore", "System.Net.Http", "Npgsql")
                .AddOtlpExporter(options => Point(options, "v1/traces"))
                .Build();
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
                .AddMeter(Own, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql")
                .AddOtlpExporter(options => Point(options, "v1/metrics"))
                .Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _traces?.ForceFlush(2000);
            _metrics?.ForceFlush(2000);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            _traces?.Dispose();
            _metrics?.Dispose();
        }

        private void Point(OtlpExporterOptions options, string path)
        {
            options.Protocol = overHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
            options.Endpoint = overHttp ? new Uri(endpoint, path) : endpoint;
        }
    }
}
