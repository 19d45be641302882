using System.Text.Json;
using System.Text.RegularExpressions;
using ControlTower.Core.Kernel;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.EndToEnd.Tests.Launcher;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>./run as somebody starts it who tries the tower, with the sandbox and its everyday failures.</summary>
internal sealed class DemoRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly TemporaryFolder _folder = new();
    private LauncherProcess _run = null!;

    public Uri Address { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Passwords { get; private set; } = null!;

    public static async Task<DemoRun> StartAsync()
    {
        var demo = new DemoRun();
        demo._run = LauncherProcess.Start(demo._folder.Path);
        await demo._run.UpAsync();
        demo.Address = new Uri(Regex.Match(demo._run.Said, @"Control Tower is at (\S+)").Groups[1].Value);
        demo.Passwords = JsonSerializer.Deserialize<Dictionary<string, string>>(
            await File.ReadAllTextAsync(Path.Combine(demo._folder.Path, "credentials.json")))!;
        return demo;
    }

    /// <summary>
    /// An order without its proof, the request of its release, a command that was refused, and a system with traffic.
    /// </summary>
    public async Task<PageSubjects> SubjectsAsync(Chromium chromium)
    {
        var coordinator = await chromium.SignedInAsync(Address, "coordinator", Passwords["coordinator"]);
        var supervisor = await chromium.SignedInAsync(Address, "supervisor.east", Passwords["supervisor.east"]);
        var (approval, order, refused) = (0L, "", 0L);
        await EventuallyAsync(ReasonCodes.LotSerialInvalid, supervisor, item => Task.FromResult((refused = IdOf(item)) > 0));
        await EventuallyAsync(ReasonCodes.PodMissing, coordinator, async item =>
        {
            order = item.GetProperty("transaction").GetString()!;
            return (approval = await RequestAsync(coordinator, IdOf(item))) > 0;
        });
        return new PageSubjects(order, refused, approval, "billing");
    }

    public async ValueTask DisposeAsync()
    {
        await _run.DisposeAsync();
        await LauncherProcess.CleanUpAsync(_folder.Path);
        _folder.Dispose();
    }

    private static long IdOf(JsonElement item) => item.GetProperty("id").GetInt64();

    /// <returns>0 where nothing is held: not every missing proof holds an invoice.</returns>
    private static async Task<long> RequestAsync(IPage coordinator, long about)
    {
        var requested = await coordinator.APIRequest.PostAsync(
            $"/api/v1/exceptions/{about}/request-approval",
            new() { DataObject = new { reason = "The customer confirmed the receipt by telephone." } });
        return requested.Ok ? IdOf((await requested.JsonAsync())!.Value) : 0;
    }

    /// <summary>Waits until the landscape has come to such a case.</summary>
    private Task EventuallyAsync(string reason, IPage page, Func<JsonElement, Task<bool>> fits) => Eventually.AsyncIs(async () =>
    {
        var listed = await page.APIRequest.GetAsync($"/api/v1/exceptions?reasonCode={reason}&state=unresolved");
        foreach (var item in (await listed.JsonAsync())!.Value.GetProperty("items").EnumerateArray())
        {
            if (await fits(item))
            {
                return true;
            }
        }

        return false;
    }, () => $"no case {reason}: {_run.Said}", Patience);
}
