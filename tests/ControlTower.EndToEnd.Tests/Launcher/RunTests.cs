using System.Diagnostics;
using System.Text.Json;
using ControlTower.Launcher.Cluster;
using ControlTower.Launcher.Processes;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Launcher;

/// <summary>./run as a whole: start, end, and the start after a run that was killed.</summary>
public sealed class RunTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RunTests() => Assert.SkipUnless(PublishedApp.IsThere, PublishedApp.SkipReason);

    public async ValueTask DisposeAsync()
    {
        await LauncherProcess.CleanUpAsync(_folder.Path);
        _folder.Dispose();
    }

    [Fact]
    public async Task It_starts_shows_address_and_accounts_and_leaves_no_process()
    {
        await using var run = LauncherProcess.Start(_folder.Path, "--speed", "100000");
        await run.UpAsync();
        var children = Records().ReadAll();
        var passwords = Passwords();

        run.Said.ShouldContain("Control Tower is at http://127.0.0.1:");
        run.Said.ShouldContain(passwords["supervisor.east"]);
        children.Select(child => child.Name).Order().ShouldBe(["sandbox", "web"]);

        (await run.EndAsync()).ShouldBe(0, run.Said);
        children.ShouldAllBe(child => !child.Process.IsAlive());
        RunningCluster().ShouldBeNull();
    }

    [Fact]
    public async Task A_start_after_a_killed_run_cleans_up_and_keeps_all_data()
    {
        string said;
        await using (var killed = LauncherProcess.Start(_folder.Path))
        {
            await killed.UpAsync();
            said = killed.Said;
            await killed.KillAsync();
        }

        var left = Records().ReadAll();
        left.ShouldAllBe(child => child.Process.IsAlive());
        var passwords = Passwords();
        KillServer();

        await using var run = LauncherProcess.Start(_folder.Path);
        await run.UpAsync();

        left.ShouldAllBe(child => !child.Process.IsAlive());
        Passwords().ShouldBe(passwords, said);
        (await run.EndAsync()).ShouldBe(0, run.Said);
    }

    [Fact]
    public async Task A_second_run_on_the_folder_is_refused_and_a_key_is_made_while_the_first_runs()
    {
        await using var run = LauncherProcess.Start(_folder.Path);
        await run.UpAsync();

        var second = await LauncherProcess.RunAsync("--data", _folder.Path);
        var key = await LauncherProcess.RunAsync("--data", _folder.Path, "--print-api-key", "Auditor");

        (second.ExitCode, second.Said.Contains("uses the data folder")).ShouldBe((2, true), second.Said);
        key.ExitCode.ShouldBe(0, key.Said);
        key.Said.Split('\n')[^1].ShouldNotContain(' ');
    }

    [Fact]
    public async Task A_part_that_dies_ends_the_run_with_its_last_lines()
    {
        await using var run = LauncherProcess.Start(_folder.Path);
        await run.UpAsync();
        var sandbox = Records().ReadAll().Single(child => child.Name == "sandbox");

        await Signals.EndAsync(sandbox.Process, TimeSpan.FromSeconds(20));

        (await run.ExitCodeAsync()).ShouldBe(1, run.Said);
        run.Said.ShouldContain("The sandbox ended unexpectedly");
        RunningCluster().ShouldBeNull();
    }

    [Theory]
    [InlineData("--data", "/proc/control-tower")]
    [InlineData("--scenario", "storm")]
    [InlineData("--print-api-key", "Auditor")]
    public async Task Bad_input_is_one_sentence_and_exit_code_2(string option, string value)
    {
        string[] data = option == "--data" ? [] : ["--data", _folder.Path];

        var (exitCode, said) = await LauncherProcess.RunAsync([option, value, .. data]);

        exitCode.ShouldBe(2, said);
        said.Trim().Split('\n').Length.ShouldBe(1, said);
    }

    private ProcessRecords Records() => new(_folder.File("run"));

    private PrivateCluster? RunningCluster() => PrivateCluster.Running(new ClusterOptions { Folder = _folder.File("cluster") });

    private Dictionary<string, string> Passwords()
        => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(_folder.File("credentials.json")))!;

    private void KillServer()
    {
        using var server = Process.GetProcessById(PostmasterFile.Read(_folder.File("cluster"))!.Pid);
        server.Kill();
    }
}
