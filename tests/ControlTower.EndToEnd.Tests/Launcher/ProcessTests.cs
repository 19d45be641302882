using System.Diagnostics;
using System.Globalization;
using ControlTower.Launcher;
using ControlTower.Launcher.Processes;
using ChildProcess = ControlTower.Launcher.Processes.ChildProcess;

namespace ControlTower.EndToEnd.Tests.Launcher;

public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private ProcessRecords Records => new(_folder.File("run"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_name_with_brackets_and_spaces_does_not_break_the_identity()
    {
        const string stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 1 0 987654 10 20";

        ProcessIdentity.Parse(42, stat, "boot").ShouldBe(new ProcessIdentity(42, 987654, "boot"));
    }

    [Fact]
    public void A_zombie_does_not_count_as_a_process()
        => ProcessIdentity.Parse(42, "42 (x) Z 1 42 42 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 1 0 987654 10 20", "boot").ShouldBeNull();

    [Fact]
    public async Task A_process_left_by_a_killed_run_is_ended()
    {
        using var left = Process.Start("sleep", "600");
        Records.Write(new ProcessRecord("web", ProcessIdentity.For(left.Id)!));

        (await Records.EndLeftoversAsync(TimeSpan.FromSeconds(5))).ShouldBe(["web"]);

        await left.WaitForExitAsync();
        Records.ReadAll().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_number_that_another_process_has_by_now_is_not_touched()
    {
        using var stranger = Process.Start("sleep", "600");
        var identity = ProcessIdentity.For(stranger.Id)!;
        Records.Write(new ProcessRecord("web", identity with { StartTicks = identity.StartTicks - 1 }));
        Records.Write(new ProcessRecord("sandbox", identity with { BootId = "another boot" }));

        (await Records.EndLeftoversAsync(TimeSpan.FromSeconds(5))).ShouldBeEmpty();

        stranger.HasExited.ShouldBeFalse();
        stranger.Kill();
        await stranger.WaitForExitAsync();
    }

    [Fact]
    public async Task A_process_that_ignores_SIGTERM_is_killed()
    {
        using var stubborn = Process.Start(new ProcessStartInfo("sh", ["-c", "trap '' TERM; echo ready; while :; do sleep 1; done"])
        {
            RedirectStandardOutput = true,
        })!;
        await stubborn.StandardOutput.ReadLineAsync();

        (await Signals.EndAsync(ProcessIdentity.For(stubborn.Id)!, TimeSpan.FromMilliseconds(200))).ShouldBeFalse();

        await stubborn.WaitForExitAsync();
    }

    [Fact]
    public void A_second_run_on_the_same_folder_is_refused_with_the_process_that_holds_it()
    {
        using var first = RunLock.Take(_folder.File("run.lock"), _folder.Path);

        Should.Throw<LaunchException>(() => RunLock.Take(_folder.File("run.lock"), _folder.Path))
            .Message.ShouldBe(
                $"Another run (process {Environment.ProcessId}) uses the data folder {_folder.Path}: end it first, or choose another "
                    + "folder with --data.");
    }

    [Fact]
    public void The_lock_of_a_dead_run_is_free()
    {
        File.WriteAllText(_folder.File("run.lock"), "999999\n");

        using var taken = RunLock.Take(_folder.File("run.lock"), _folder.Path);

        taken.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_child_writes_its_log_and_leaves_no_record_when_it_is_stopped()
    {
        var child = ChildProcess.Start(
            new ChildStart("web", ["sh", "-c", "echo hello; exec sleep 600"], "/", _folder.File("web.log"),
                new Dictionary<string, string>()), Records);
        Records.ReadAll().Single().Process.IsAlive().ShouldBeTrue();

        await child.StopAsync(TimeSpan.FromSeconds(5));

        Records.ReadAll().ShouldBeEmpty();
        child.Exited.IsCompleted.ShouldBeTrue();
    }

    [Theory]
    [InlineData("sleep 600 & echo $! >\"$0\"; exec sleep 600")]
    [InlineData("sleep 600 & echo $! >\"$0\"")]
    public async Task What_a_child_started_ends_with_it_also_after_the_childs_own_end(string script)
    {
        var number = _folder.File("grandchild");
        var child = ChildProcess.Start(
            new ChildStart("web", ["sh", "-c", script, number], "/", _folder.File("web.log"), new Dictionary<string, string>()), Records);
        await Landscape.Eventually.AsyncIs(
            () => Task.FromResult(File.Exists(number) && File.ReadAllText(number).EndsWith('\n')), () => "nothing was started");
        var grandchild = ProcessIdentity.For(int.Parse(File.ReadAllText(number), CultureInfo.InvariantCulture))!;

        (await child.StopAsync(TimeSpan.FromSeconds(5))).ShouldBeTrue();

        grandchild.IsAlive().ShouldBeFalse();
    }

    [Fact]
    public void A_child_that_ended_before_it_was_looked_at_is_known_by_its_number()
    {
        using var ended = System.Diagnostics.Process.Start("true");
        ended.WaitForExit();

        ProcessIdentity.ForStarted(ended.Id).Pid.ShouldBe(ended.Id);
        ProcessIdentity.ForStarted(ended.Id).IsAlive().ShouldBeFalse();
    }

    [Fact]
    public void A_log_is_forwarded_in_whole_lines()
    {
        var file = _folder.File("x.log");
        File.WriteAllText(file, "old\n");
        var lines = new List<string>();
        var tail = new LogTail(file, lines.Add);

        File.AppendAllText(file, "landscape se");
        tail.ReadNew();
        lines.ShouldBeEmpty();
        File.AppendAllText(file, "ttled\nnext\n");
        tail.ReadNew();

        lines.ShouldBe(["landscape settled", "next"]);
    }
}
