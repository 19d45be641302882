using System.Diagnostics;
using System.Text.Json;
using ControlTower.Sandbox.Clock;
using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Tests.Landscapes;

public sealed class ProgramTests : IDisposable
{
    private readonly Folder _folder = new();

    private string[] Serve(string tower, int orders = 30) =>
    [
        "serve", "--data", _folder.File("data"), "--tower", tower, "--clock", _folder.File("clock.json"), "--landscape",
        _folder.File("landscape.json"),
        "--orders-count", $"{orders}",
    ];

    [Fact]
    public async Task A_kill_in_the_middle_loses_nothing_and_duplicates_nothing()
    {
        await using var tower = await FakeTower.Start();
        StartClock(speed: 500_000);
        using (var first = Program.Start(Serve($"{tower.Address}")))
        {
            await first.Line("carriers listens");
            await Eventually.Is(() => File.Exists(_folder.File("landscape.json")));
            tower.Register(_folder.File("landscape.json"));
            await tower.Mind.FirstPosting.WaitAsync(TimeSpan.FromSeconds(60));
            await first.Kill();
        }

        using var second = Program.Start(Serve($"{tower.Address}"));
        await second.Line("landscape settled");
        await Expect.AllPosted(tower, OrderGenerator.Make(30, 1), Ledgers.File(_folder.File("landscape.json")));
    }

    [Fact]
    public async Task It_ends_quickly_and_with_exit_code_0_on_request()
    {
        using var program = Program.Start(Serve("http://127.0.0.1:1"));
        await program.Line("carriers listens");
        var watch = Stopwatch.StartNew();
        program.Terminate();
        (await program.End()).Code.ShouldBe(0);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        File.Exists(_folder.File(ClockPosition.FileName)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_failing_outlet_ends_the_landscape_with_one_sentence()
    {
        await using var tower = await FakeTower.Start();
        StartClock(speed: 500_000);
        Directory.CreateDirectory(Path.Combine(_folder.File("data"), "erp.position"));
        using var program = Program.Start(Serve($"{tower.Address}"));
        await program.Line("carriers listens");
        await Eventually.Is(() => File.Exists(_folder.File("landscape.json")));
        tower.Register(_folder.File("landscape.json"));
        var (code, _, errors) = await program.End();
        code.ShouldBe(1);
        errors.ShouldStartWith("The landscape ended:");
    }

    [Fact]
    public async Task Describe_prints_one_line_of_json()
    {
        using var program = Program.Start("describe", "--orders-count", "20");
        var (code, output, errors) = await program.End();
        (code, errors).ShouldBe((0, ""));
        output.Trim().ShouldBe("""{"firstOrderAt":"2026-01-05T06:00:00Z","orders":20}""");
    }

    [Theory]
    [InlineData("Say what to do", "dance")]
    [InlineData("--orders-count is '0'", "describe", "--orders-count", "0")]
    [InlineData("--oders is not an option: choose from --orders, --orders-count, --seed.", "describe", "--oders", "x")]
    [InlineData("--seed is given twice", "describe", "--seed", "1", "--seed", "2")]
    [InlineData("--tower is 'nowhere': give an address", "serve", "--data", "x", "--tower", "nowhere", "--clock", "x", "--landscape", "x")]
    [InlineData("The orders file /nowhere.csv cannot be read", "describe", "--orders", "/nowhere.csv")]
    [InlineData("--data is missing", "serve", "--tower", "http://x", "--clock", "x", "--landscape", "x")]
    public async Task Bad_input_is_one_sentence_and_exit_code_2(string beginning, params string[] arguments)
    {
        using var program = Program.Start(arguments);
        var (code, output, errors) = await program.End();
        (code, output).ShouldBe((2, ""));
        errors.ShouldStartWith(beginning);
        errors.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task Two_landscapes_cannot_use_the_same_books()
    {
        using var first = Program.Start(Serve("http://127.0.0.1:1"));
        await first.Line("carriers listens");
        using var second = Program.Start(Serve("http://127.0.0.1:1"));
        var (code, _, errors) = await second.End();
        code.ShouldBe(2);
        errors.ShouldContain("is in use by another landscape");
    }

    [Fact]
    public async Task Secrets_and_the_landscape_file_are_readable_by_their_owner_only()
    {
        using var program = Program.Start(Serve("http://127.0.0.1:1"));
        await program.Line("carriers listens");
        await Eventually.Is(() => File.Exists(_folder.File("landscape.json")));
        foreach (var file in new[] { _folder.File("landscape.json"), _folder.File("data/secrets.json") })
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public void Dispose() => _folder.Dispose();

    private void StartClock(double speed) => File.WriteAllBytes(
        _folder.File("clock.json"),
        JsonSerializer.SerializeToUtf8Bytes(
            new ClockFile(OrderGenerator.FirstDay, DateTimeOffset.UtcNow, speed), JsonSerializerOptions.Web));
}
