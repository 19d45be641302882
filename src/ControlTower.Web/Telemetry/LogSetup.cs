using System.Globalization;
using ControlTower.Core.Telemetry;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace ControlTower.Web.Telemetry;

/// <summary>Readable lines on the console; with <c>Logs:Folder</c> JSON lines to a file a day, kept for two weeks.</summary>
internal static class LogSetup
{
    private const string Line = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj} {CorrelationId:l}{NewLine}{Exception}";
    private const long LargestFile = 100L * 1024 * 1024;

    public static void AddTowerLogs(this WebApplicationBuilder builder)
    {
        var logger = Make(builder.Configuration);
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(logger, dispose: true);
    }

    private static Serilog.Core.Logger Make(IConfiguration configuration)
    {
        var level = Enum.TryParse<LogEventLevel>(configuration["Logs:Level"], ignoreCase: true, out var asked) ? asked : LogEventLevel.Information;
        var settings = new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .Enrich.With<CorrelationEnricher>()
            .WriteTo.Logger(console => console.Filter.ByExcluding(IsOrderLife)
                .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture));
        if (configuration["Logs:Folder"] is { Length: > 0 } folder)
        {
            settings.WriteTo.File(
                new JsonFormatter(),
                Path.Combine(folder, "tower-.json"),
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 14,
                fileSizeLimitBytes: LargestFile,
                rollOnFileSizeLimit: true,
                shared: false);
        }

        return settings.CreateLogger();
    }

    // Every fact and command of every order: for the file, which is searched, not for a console, which is watched.
    private static bool IsOrderLife(LogEvent line) =>
        line.Level == LogEventLevel.Information
        && line.Properties.TryGetValue("EventId", out var id)
        && id is StructureValue { Properties: var parts }
        && parts.Any(part => part.Name == "Name" && part.Value is ScalarValue { Value: string name } && name == OrderLife.Line.Name);
}
