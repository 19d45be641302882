using ControlTower.Web.Api;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Web.Tests.Api;

public sealed class PageCursorTests
{
    [Fact]
    public void A_cursor_gives_back_its_key()
    {
        string[] key = ["2026-01-05T14:02:11.25Z", "erp:SO-1001 / ü", "42"];
        PageCursor.Read(PageCursor.Write(key), 3).ShouldBe(key);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("!!!")]
    [InlineData("bnVsbA")]
    [InlineData("WyJhIixudWxsXQ")]
    public void A_foreign_cursor_is_refused(string cursor) =>
        Should.Throw<BadHttpRequestException>(() => PageCursor.Read(cursor, 2)).StatusCode.ShouldBe(422);

    [Fact]
    public void Without_a_cursor_it_is_the_first_page() => PageCursor.Read(null, 2).ShouldBeNull();

    [Fact]
    public void The_extra_row_only_shows_that_there_is_more()
    {
        int[] rows = [1, 2, 3];
        Page.From(rows, 2, row => row, row => $"after {row}").ShouldSatisfyAllConditions(
            page => page.Items.ShouldBe([1, 2]),
            page => page.Next.ShouldBe("after 2"));
        Page.From(rows, 3, row => row, row => $"after {row}").Next.ShouldBeNull();
    }
}
