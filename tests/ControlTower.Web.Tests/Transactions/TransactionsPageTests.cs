using Bunit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit.Totals;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace ControlTower.Web.Tests.Transactions;

/// <summary>The list's four states, its texts, and that rows do not move while it is hovered.</summary>
public sealed class TransactionsPageTests : IAsyncDisposable
{
    private readonly PageHost _stage = new();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public void A_loading_list_shows_a_skeleton()
    {
        _stage.Lists.ListAsync(default!, default!, default, default, default)
            .ReturnsForAnyArgs(new TaskCompletionSource<TransactionPage>().Task);

        Show().Find("[role=status].skeleton").TextContent.ShouldContain("Loading the transactions");
    }

    [Fact]
    public void A_failure_is_shown_and_retry_reads_again()
    {
        _stage.Lists.ListAsync(default!, default!, default, default, default)
            .ReturnsForAnyArgs(_ => throw new TimeoutException(), _ => Task.FromResult(Page(PageHost.Row("SO-1"))));
        var page = Show();
        page.Find("[role=alert]").TextContent.ShouldContain("could not be read");

        page.Find("[role=alert] button").Click();

        page.FindAll("[role=alert]").ShouldBeEmpty();
        page.Markup.ShouldContain("SO-1");
    }

    [Fact]
    public void Without_any_transaction_it_explains_where_they_come_from()
    {
        Returns();

        Show().Markup.ShouldContain("as soon as the ERP reports it");
    }

    [Fact]
    public void An_unknown_number_is_named_with_what_the_search_accepts()
    {
        Returns();

        var page = Show("?search=1Z999");

        page.Markup.ShouldContain("Nothing is known under “1Z999”");
        page.Markup.ShouldContain("tracking number");
    }

    [Fact]
    public void A_row_shows_its_state_its_amount_and_a_link()
    {
        Returns(PageHost.Row("SO-1", late: true));

        var page = Show();

        page.Find("a[href='/transactions/erp%3ASO-1']").TextContent.ShouldBe("SO-1");
        page.Markup.ShouldContain("Shipped");
        page.Markup.ShouldContain("1,234.50 USD");
        page.Find(".promise").TextContent.ShouldContain("Late");
        page.Find(".promise").GetAttribute("title").ShouldBe("Delivered after the promise");
    }

    [Fact]
    public void A_row_shows_that_its_promise_is_at_risk_or_past()
    {
        Returns(PageHost.Row("SO-1", atRisk: true), PageHost.Row("SO-2", 2) with { Late = true }, PageHost.Row("SO-3", 3));

        Show().FindAll(".promise")
            .Select(mark => mark.GetAttribute("title"))
            .ShouldBe(["Estimated to arrive after the promise", "Past the promise and not delivered"]);
    }

    [Fact]
    public void The_filter_is_read_from_the_address()
    {
        Returns();

        Show("?stage=shipped&health=held&site=EAST&late=true&atRisk=true&search=%20SO-1%20");

        _stage.Lists.Received().ListAsync(
            new TransactionFilter("SO-1", TransactionStage.Shipped, TransactionHealth.Held, "EAST", null, null, true, AtRisk: true),
            PageHost.Supervisor, null, Arg.Any<int>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public void The_range_and_the_order_are_read_from_the_address()
    {
        Returns(PageHost.Row("SO-1"));

        var page = Show("?held=true&from=2026-03-01&to=2026-03-02T12:00:00Z&sort=mostHeld");

        _stage.Lists.Received().ListAsync(
            new TransactionFilter(
                Held: true, From: new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), To: new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero),
                Sort: TransactionSort.MostHeld),
            PageHost.Supervisor, null, Arg.Any<int>(), Arg.Any<CancellationToken>());
        page.Find("a[download]").GetAttribute("href")!.ShouldContain("sort=mostHeld");
    }

    [Fact]
    public void A_choice_of_the_order_is_another_address()
    {
        Returns(PageHost.Row("SO-1"));
        var page = Show("?late=true");

        page.FindAll("select")[^1].Change("longestUnchanged");

        _stage.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/transactions?late=true&sort=longestUnchanged");
        page.FindAll(".pager-link").Select(link => link.TextContent).ShouldBe(["Previous", "Next"]);
    }

    [Theory]
    [InlineData("?sort=mostHeld", "sort: mostHeld is an order of held transactions, with held=true.")]
    [InlineData("?sort=size", "sort is one of latest, longestUnchanged, mostHeld.")]
    [InlineData("?to=tomorrow", "to: an instant such as 2026-01-05T14:02:11Z.")]
    public void An_unknown_order_or_instant_is_refused_in_a_sentence(string query, string sentence)
    {
        Returns();

        Show(query).Find(".error").TextContent.ShouldBe(sentence);
    }

    [Fact]
    public void A_place_in_another_order_leads_to_the_first_page()
    {
        Returns(PageHost.Row("SO-1"));

        Show($"?sort=longestUnchanged&cursor={RowCursor.At("latest", PageHost.Now, 7)}");

        _stage.Lists.Received().ListAsync(
            new TransactionFilter(Sort: TransactionSort.LongestUnchanged), PageHost.Supervisor, null, Arg.Any<int>(),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public void The_rows_do_not_wait_for_the_totals_and_every_order_of_a_list_has_the_same()
    {
        var counting = new TaskCompletionSource<ListTotal>();
        _stage.Totals.GetAsync(new TransactionFilter(Late: true), PageHost.Supervisor, Arg.Any<CancellationToken>()).Returns(counting.Task);
        Returns(PageHost.Row("SO-1"));

        var page = Show("?late=true&sort=longestUnchanged");
        Orders(page).ShouldBe(["SO-1"]);
        page.Find(".totals").TextContent.Trim().ShouldBe("Counting…");
        counting.SetResult(new ListTotal(1) { Money = [new("owed", [new Sum("USD", 1234.5m)])] });

        page.WaitForAssertion(() => page.Find(".totals").TextContent.ShouldContain("1 transaction"));
        page.Find(".totals-money").TextContent.ShouldContain("1,234.50 USD");
    }

    [Fact]
    public void What_has_exactly_the_number_of_the_global_box_opens_at_once()
    {
        Returns(PageHost.Row("SO-1"), PageHost.Row("SO-12", 2));
        Exactly("erp:SO-1");

        Show("?open-exact=true&search=SO-1");

        _stage.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/transactions/erp%3ASO-1");
        _stage.Lists.Received().FindExactAsync("SO-1", PageHost.Supervisor, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void A_wish_to_open_that_is_not_true_is_a_plain_list()
    {
        Returns(PageHost.Row("SO-1"));
        Exactly("erp:SO-1");

        Orders(Show("?open-exact=maybe&search=SO-1")).ShouldBe(["SO-1"]);
        _stage.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("open-exact=maybe&search=SO-1");
    }

    [Fact]
    public void A_sole_result_that_has_not_exactly_the_number_is_listed()
    {
        Returns(PageHost.Row("SO-12"));
        Exactly(null);

        Show("?open-exact=true&search=SO-1").Markup.ShouldContain("SO-12");
    }

    [Fact]
    public void A_list_that_is_shown_stays_when_a_change_brings_the_exact_number()
    {
        Returns(PageHost.Row("SO-12"));
        Exactly(null);
        var page = Show("?open-exact=true&search=SO-1");
        Returns(PageHost.Row("SO-1", 2), PageHost.Row("SO-12"));
        Exactly("erp:SO-1");

        _stage.Feed.Announce(new Change([2], []));

        page.WaitForAssertion(() => Orders(page).ShouldBe(["SO-1", "SO-12"]));
        _stage.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("open-exact=true&search=SO-1");
    }

    [Fact]
    public void An_unknown_filter_value_is_refused_in_a_sentence()
    {
        Returns();

        Show("?stage=lost").Find(".error").TextContent.ShouldContain("stage is one of accepted, released");
    }

    [Fact]
    public void A_change_moves_the_newest_to_the_top_while_the_list_is_not_hovered()
    {
        Returns(PageHost.Row("SO-1"));
        var page = Show();
        Returns(PageHost.Row("SO-2", 2), PageHost.Row("SO-1"));

        _stage.Feed.Announce(new Change([2], []));

        page.WaitForAssertion(() => Orders(page).ShouldBe(["SO-2", "SO-1"]));
    }

    [Fact]
    public void A_change_while_the_list_is_hovered_moves_no_row_and_shows_that_there_are_new_items()
    {
        Returns(PageHost.Row("SO-1"), PageHost.Row("SO-2", 2));
        var page = Show();
        page.Find(".list-frame").TriggerEvent("onmouseenter", new Microsoft.AspNetCore.Components.Web.MouseEventArgs());
        Returns(PageHost.Row("SO-2", 2), PageHost.Row("SO-1"));
        _stage.Lists.RowsOfAsync(default!, default!, default).ReturnsForAnyArgs([PageHost.Row("SO-2", 2, TransactionStage.Delivered)]);

        _stage.Feed.Announce(new Change([2], []));

        page.WaitForAssertion(() => page.Find("button.newer").TextContent.ShouldContain("New items"));
        Orders(page).ShouldBe(["SO-1", "SO-2"]);
        page.Markup.ShouldContain("Delivered");
        page.Find("button.newer").Click();
        page.WaitForAssertion(() => Orders(page).ShouldBe(["SO-2", "SO-1"]));
    }

    [Fact]
    public void A_paused_list_is_marked_and_reads_again_when_resumed()
    {
        Returns(PageHost.Row("SO-1"));
        var page = Show();

        page.FindAll("button").Single(button => button.TextContent.Contains("Pause", StringComparison.Ordinal)).Click();
        page.Find(".as-of").TextContent.ShouldContain("Paused");
        _stage.Lists.ClearReceivedCalls();
        page.FindAll("button").Single(button => button.TextContent.Contains("Resume", StringComparison.Ordinal)).Click();

        _stage.Lists.ReceivedWithAnyArgs(1).ListAsync(default!, default!, default, default, default);
    }

    [Fact]
    public void Older_and_newer_pages_keep_the_filter()
    {
        _stage.Lists.ListAsync(default!, default!, default, default, default)
            .ReturnsForAnyArgs(new TransactionPage([PageHost.Row("SO-1")], null, "abc"));

        var page = Show("?stage=shipped");

        page.Find(".pager a").GetAttribute("href").ShouldBe("/transactions?stage=shipped&cursor=abc");
        page.Find(".pager [aria-disabled]").TextContent.ShouldContain("Newer");
    }

    private static IEnumerable<string> Orders(IRenderedComponent<TransactionsPage> page) =>
        page.FindAll("td a.strong").Select(link => link.TextContent);

    private static TransactionPage Page(params TransactionRow[] rows) => new(rows, null, null);

    private void Exactly(string? key) => _stage.Lists.FindExactAsync(default!, default!, default).ReturnsForAnyArgs(key);

    private void Returns(params TransactionRow[] rows) =>
        _stage.Lists.ListAsync(default!, default!, default, default, default).ReturnsForAnyArgs(Page(rows));

    private IRenderedComponent<TransactionsPage> Show(string query = "")
    {
        _stage.Services.GetRequiredService<NavigationManager>().NavigateTo($"/transactions{query}");
        return _stage.Render<TransactionsPage>();
    }
}
