using System.Text;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Transactions;
using NSubstitute;

namespace ControlTower.Web.Tests.Transactions;

public sealed class TransactionExportTests
{
    private static readonly RowCursor Further = RowCursor.At("latest", PageHost.Now, 1);
    private readonly ITransactionLists _lists = Substitute.For<ITransactionLists>();

    [Fact]
    public async Task A_table_that_breaks_off_has_no_last_line()
    {
        Answers(_ => Page(500, Further), _ => throw new TimeoutException("The database is gone."));
        using var file = new MemoryStream();

        await Should.ThrowAsync<TimeoutException>(() => WriteAsync(file));

        Encoding.UTF8.GetString(file.ToArray()).ShouldNotContain("#end");
    }

    [Fact]
    public async Task A_table_that_fails_at_once_sends_nothing_so_that_the_answer_can_be_an_error()
    {
        Answers(_ => throw new TimeoutException("The database is gone."));
        using var file = new MemoryStream();

        await Should.ThrowAsync<TimeoutException>(() => WriteAsync(file));

        file.Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_table_that_is_too_long_is_cut_and_marked_as_cut()
    {
        Answers([
            .. Enumerable.Repeat<Func<NSubstitute.Core.CallInfo, TransactionPage>>(_ => Page(500, Further), TransactionExport.Most / 500)]);
        using var file = new MemoryStream();

        await WriteAsync(file);

        Encoding.UTF8.GetString(file.ToArray()).ShouldEndWith("\r\n#end,20000,cut\r\n");
    }

    private Task WriteAsync(Stream to) =>
        new TransactionExport(_lists).WriteAsync(to, TransactionFilter.All, PageHost.Supervisor, TestContext.Current.CancellationToken);

    private void Answers(params Func<NSubstitute.Core.CallInfo, TransactionPage>[] pages) =>
        _lists.ListAsync(default!, default!, default, default, default).ReturnsForAnyArgs(pages[0], pages[1..]);

    private static TransactionPage Page(int rows, RowCursor? next) =>
        new([.. Enumerable.Repeat(PageHost.Row("SO-1"), rows)], null, next?.ToString());
}
