using System.Text.Json;
using System.Text.RegularExpressions;
using ControlTower.EndToEnd.Tests.Browser;
using ControlTower.EndToEnd.Tests.Nodes;
using ControlTower.Launcher.Processes;
using ControlTower.Testing;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Launcher;

/// <summary>./dev on a copy of the sources, which the test changes. The times are in the test's output.</summary>
public sealed class DevelopmentTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncDisposable
{
    private static readonly TimeSpan Build = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan Visible = TimeSpan.FromSeconds(5);
    private readonly TemporaryFolder _folder = new();

    private string Sources => _folder.File("sources");

    private string Data => _folder.File("data");

    private string ChangedPage => Path.Combine(Sources, "src/ControlTower.Web/Features/Tower/TowerPage.razor");

    public async ValueTask DisposeAsync()
    {
        await LauncherProcess.CleanUpAsync(Data);
        _folder.Dispose();
    }

    [Fact]
    public async Task A_change_of_a_page_is_visible_in_the_open_browser_within_five_seconds_and_nothing_is_left_at_the_end()
    {
        Assert.SkipUnless(LongForms.AreAsked, LongForms.Why);
        await CopySourcesAsync();
        await using var run = LauncherProcess.StartDevelopment(Sources, Data);
        await run.UpAsync(Build);
        var children = new ProcessRecords(Path.Combine(Data, "run")).ReadAll();
        var page = await chromium.SignedInAsync(Address(run), "supervisor.east", Passwords()["supervisor.east"]);

        foreach (var heading in new[] { "First change", "Second change", "Third change" })
        {
            var elapsed = await ChangeAsync(page, heading);
            TestContext.Current.TestOutputHelper!.WriteLine($"{heading}: visible after {elapsed.TotalSeconds:0.0} s");
            elapsed.ShouldBeLessThan(Visible, run.Said);
        }

        (await run.EndAsync()).ShouldBe(0, run.Said);
        children.Select(child => child.Name).Order().ShouldBe(["sandbox", "web"]);
        children.ShouldAllBe(child => ProcessGroup.Alive(child.Process).Count == 0);
    }

    /// <summary>Saves the page's heading as an editor does, and waits until the browser shows it.</summary>
    private async Task<TimeSpan> ChangeAsync(IPage page, string heading)
    {
        var changed = Regex.Replace(await File.ReadAllTextAsync(ChangedPage), "<h1>.*</h1>", $"<h1>{heading}</h1>");
        var saved = TimeProvider.System.GetTimestamp();
        await File.WriteAllTextAsync(ChangedPage, changed);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        return TimeProvider.System.GetElapsedTime(saved);
    }

    private async Task CopySourcesAsync()
    {
        Directory.CreateDirectory(Sources);
        const string copy =
            """git ls-files --cached --others --exclude-standard -z | tar --null --ignore-failed-read -T - -c | tar -x -C "$0" """;
        var place = new CommandPlace(Repository.Root, new Dictionary<string, string>());
        var copied = await Command.RunAsync(["sh", "-c", copy, Sources], place, TestContext.Current.CancellationToken);
        copied.ExitCode.ShouldBe(0, copied.Errors);
    }

    private static Uri Address(LauncherProcess run) => new(Regex.Match(run.Said, @"Control Tower is at (http://\S+)").Groups[1].Value);

    private Dictionary<string, string> Passwords()
        => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Data, "credentials.json")))!;
}
