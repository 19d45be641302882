using System.Text;
using ControlTower.Sandbox.Books;

namespace ControlTower.Sandbox.Tests.Books;

public sealed class JournalTests : IDisposable
{
    private readonly Folder _folder = new();

    private string File => _folder.File("book.jsonl");

    [Fact]
    public async Task A_line_is_on_disk_when_its_task_has_completed()
    {
        await using var journal = Journal.Open(File, _ => { });
        await journal.Append("one"u8);
        Lines().ShouldBe(["one"]);
    }

    [Fact]
    public async Task Lines_keep_their_order_and_share_flushes()
    {
        await using var journal = Journal.Open(File, _ => { });
        await Task.WhenAll(Enumerable.Range(0, 5000).Select(i => journal.Append(Encoding.UTF8.GetBytes($"{i}"))));
        Lines().ShouldBe([.. Enumerable.Range(0, 5000).Select(i => $"{i}")]);
    }

    [Fact]
    public async Task A_line_truncated_by_a_kill_is_removed_and_the_next_one_is_separate()
    {
        await System.IO.File.WriteAllTextAsync(File, "one\ntwo\nthr");
        var journal = Journal.Open(File, _ => { });
        await journal.Append("three"u8);
        await journal.DisposeAsync();
        Lines().ShouldBe(["one", "two", "three"]);
    }

    [Fact]
    public async Task A_line_longer_than_the_buffer_is_read_whole()
    {
        var longLine = new string('x', 3_000_000);
        await System.IO.File.WriteAllTextAsync(File, $"short\n{longLine}\nend\n");
        Lines().ShouldBe(["short", longLine, "end"]);
    }

    [Fact]
    public async Task A_line_appended_before_the_end_is_written()
    {
        var journal = Journal.Open(File, _ => { });
        _ = journal.Append("last"u8);
        await journal.DisposeAsync();
        Lines().ShouldBe(["last"]);
    }

    public void Dispose() => _folder.Dispose();

    private List<string> Lines()
    {
        var lines = new List<string>();
        JournalReader.Read(File, line => lines.Add(Encoding.UTF8.GetString(line.Span)));
        return lines;
    }
}
