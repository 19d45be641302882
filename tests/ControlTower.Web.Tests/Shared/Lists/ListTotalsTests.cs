using Bunit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Signals;
using ControlTower.Web.Shared;
using ControlTower.Web.Shared.Kit.Totals;
using ControlTower.Web.Tests.Transactions;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace ControlTower.Web.Tests.Shared.Lists;

/// <summary>The line above a list: how many match, and their money.</summary>
public sealed class ListTotalsTests : IAsyncDisposable
{
    private readonly IListTotals<string> _totals = Substitute.For<IListTotals<string>>();
    private readonly PageHost _host;

    public ListTotalsTests() => _host = new PageHost(add: services => services.AddSingleton(_totals));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(0, false, "0 orders")]
    [InlineData(1, false, "1 order")]
    [InlineData(1234, false, "1,234 orders")]
    [InlineData(10_000, true, "More than 10,000 orders")]
    public void A_count_is_shown_with_its_noun(int count, bool more, string text) =>
        Line(new ListTotal(count, more)).ShouldBe(text);

    [Fact]
    public void Money_is_summed_by_currency_and_a_kind_without_any_is_left_out() =>
        Line(new ListTotal(2) { Money = [new("owed", [new Sum("USD", 1234.5m), new Sum("EUR", 3m)]), new("held", [])] })
            .ShouldBe("2 orders owed 1,234.50 USD + 3.00 EUR");

    [Fact]
    public void A_count_beyond_the_bound_has_no_sums() =>
        ListTotal.From(ListTotal.Most + 1, new TotalMoney("owed", [new Sum("USD", 1)])).ShouldBe(new ListTotal(ListTotal.Most, true));

    [Fact]
    public void It_is_counted_only_when_the_rows_are_there()
    {
        Counts("late", 3);
        var totals = Show("late", ready: false);
        _totals.ReceivedCalls().ShouldBeEmpty();

        totals.Render(parameters => parameters.Add(t => t.Ready, true));

        totals.WaitForAssertion(() => Text(totals).ShouldBe("3 orders"));
    }

    [Fact]
    public void Another_filter_is_counted_anew_and_the_same_one_is_not()
    {
        Counts("late", 3);
        Counts("held", 7);
        var totals = Show("late");
        totals.WaitForAssertion(() => Text(totals).ShouldBe("3 orders"));

        totals.Render(parameters => parameters.Add(t => t.Filter, "late"));
        _totals.ReceivedWithAnyArgs(1).GetAsync("", default!, default);
        totals.Render(parameters => parameters.Add(t => t.Filter, "held"));

        totals.WaitForAssertion(() => Text(totals).ShouldBe("7 orders"));
    }

    [Fact]
    public void A_change_is_counted()
    {
        Counts("late", 3);
        var totals = Show("late");
        totals.WaitForAssertion(() => Text(totals).ShouldBe("3 orders"));
        Counts("late", 4);

        _host.Feed.Announce(new Change([2], []));

        totals.WaitForAssertion(() => Text(totals).ShouldBe("4 orders"), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_count_that_fails_is_named_and_the_list_stays()
    {
        _totals.GetAsync("", default!, default).ReturnsForAnyArgs<ListTotal>(_ => throw new TimeoutException());

        var totals = Show("late");

        totals.WaitForAssertion(() => Text(totals).ShouldBe("They could not be counted."));
    }

    private static string Text(IRenderedComponent<ListTotals<string>> totals) => Words(totals.Find(".totals").TextContent);

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private string Line(ListTotal total) => Words(_host.Render<TotalsLine>(
        parameters => parameters.Add(line => line.Total, total).Add(line => line.One, "order")).Find(".totals").TextContent);

    private void Counts(string filter, int count) =>
        _totals.GetAsync(filter, Arg.Any<Actor>(), Arg.Any<CancellationToken>()).Returns(new ListTotal(count));

    private IRenderedComponent<ListTotals<string>> Show(string filter, bool ready = true) => _host.Render<ListTotals<string>>(
        parameters => parameters.Add(t => t.Filter, filter).Add(t => t.One, "order").Add(t => t.Ready, ready)
            .Add(t => t.When, change => change.TouchesAnyTransaction));
}
