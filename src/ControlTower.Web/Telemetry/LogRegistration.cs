using System.Globalization;
using ControlTower.Core.Engine;
using ControlTower.Core.Hosting.Settings;
using ControlTower.Core.Outbox;
using Serilog;
using Serilog.Events;
using Serilog.Filters;
using Serilog.Formatting.Json;

namespace ControlTower.Web.Telemetry;

/// <summary>Readable lines on the console; with <c>Logs:Folder</c> JSON lines to a file a day, kept for two weeks.</summary>
internal static class LogRegistration
{
    private const string Line = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj} {CorrelationId:l}{NewLine}{Exception}";
    private const long LargestFile = 100L * 1024 * 1024;

    /// <summary>Categories with a record for every fact and command of every order.</summary>
    private static readonly string[] PerOrder = [typeof(LifecycleLog).FullName!, typeof(AttemptLog).FullName!];

    // The static logger is left alone: several towers may run in one process, as in tests.
    // They are read before they are validated: also what validation finds wrong may have to be logged.
    public static void AddTowerLogs(this WebApplicationBuilder builder)
    {
        builder.Services.AddSection<LogOptions>(builder.Configuration, LogOptions.Section).Check(options => options.FindErrors());
        var options = builder.Configuration.ReadSection<LogOptions>(LogOptions.Section);
        builder.Services.AddSerilog(settings => Configure(settings, options), preserveStaticLogger: true);
    }

    private static void Configure(LoggerConfiguration settings, LogOptions options)
    {
        var level = options.Level;
        var folder = options.Folder is { Length: > 0 } given ? given : null;
        settings
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .Enrich.FromLogContext()
            .Enrich.With<CorrelationEnricher>()
            .WriteTo.Logger(console => console.Filter.ByExcluding(IsPerOrder)
                .WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture));
        foreach (var category in PerOrder)
        {
            settings.MinimumLevel.Override(category, folder is null && level < LogEventLevel.Warning ? LogEventLevel.Warning : level);
        }

        if (folder is not null)
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
    }

    // For the file, which is searched, not for a console, which is watched.
    private static bool IsPerOrder(LogEvent line) =>
        line.Level == LogEventLevel.Information && Array.Exists(PerOrder, category => Matching.FromSource(category)(line));
}
