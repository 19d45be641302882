using ControlTower.Core.Engine;
using ControlTower.Web.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ControlTower.Web.Tests.Telemetry;

public sealed class LogSetupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-logs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_fact_of_every_order_is_written_to_the_file()
    {
        await using (var app = Build($"Logs:Folder={_folder}"))
        {
            app.Services.GetRequiredService<ILogger<LifecycleLog>>().LogInformation("{Transaction}: shipped", "erp:SO-1");
        }

        File.ReadAllText(Directory.GetFiles(_folder).ShouldHaveSingleItem()).ShouldContain("erp:SO-1");
    }

    [Fact]
    public async Task Without_a_file_only_warnings_and_errors_of_orders_are_logged()
    {
        await using var app = Build();

        var log = app.Services.GetRequiredService<ILogger<LifecycleLog>>();

        log.IsEnabled(LogLevel.Information).ShouldBeFalse();
        log.IsEnabled(LogLevel.Warning).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Error")]
    [InlineData("Fatal")]
    public async Task A_level_above_warning_applies_to_the_log_of_orders_too(string level)
    {
        await using var app = Build($"Logs:Level={level}", $"Logs:Folder={_folder}");

        app.Services.GetRequiredService<ILogger<LifecycleLog>>().IsEnabled(LogLevel.Warning).ShouldBeFalse();
    }

    private static WebApplication Build(params string[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => (string?)pair[1]));
        builder.AddTowerLogs();
        return builder.Build();
    }
}
