using System.Globalization;
using System.Text.RegularExpressions;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Web.Features.Approvals;
using ControlTower.Web.Features.Connectors;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Features.Tower.Needs;
using ControlTower.Web.Features.Transactions;
using Microsoft.AspNetCore.WebUtilities;

namespace ControlTower.EndToEnd.Tests.Transactions;

/// <summary>
/// What "Needs you" lists for a role is what the lists behind it hold, in number and in money of each currency.
/// </summary>
public sealed class TowerNeedsTests : IAsyncLifetime
{
    private TransactionRows _rows = null!;
    private IPolicyStore _policies = null!;

    private static TowerClocks Clocks => TowerClocks.RealTime(TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _rows = await TransactionRows.CreateAsync();
        _policies = new PolicyStore(_rows.Tower, Clocks);
        await TowerNeedsSeed.WriteAsync(_rows);
        await new CountService(_rows.Tower, Clocks).RecountAsync();
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    [Fact]
    public async Task Each_row_of_each_role_opens_a_list_of_exactly_its_number_and_money()
    {
        foreach (var person in TowerNeedsSeed.People)
        {
            foreach (var need in await NeedsAsync(person))
            {
                if (await ListedAsync(need, person) is { } listed)
                {
                    var who = $"{person.Name} [{string.Join(',', person.Sites)}] [{string.Join(',', person.LegalEntities)}]: {need.Text}";
                    Number(need).ShouldBe(listed.Count, who);
                    need.Money.ToDictionary(sum => sum.Currency, sum => sum.Amount).OrderBy(sum => sum.Key)
                        .ShouldBe(listed.Money.Where(sum => sum.Value != 0).OrderBy(sum => sum.Key), who);
                }
            }
        }
    }

    [Fact]
    public async Task What_a_list_holds_for_a_person_is_a_row_of_theirs()
    {
        foreach (var person in TowerNeedsSeed.People)
        {
            var addresses = (await NeedsAsync(person)).Select(need => need.Action?.Href).ToHashSet();
            foreach (var filter in new[] { TowerOrders.Held, TowerOrders.Late, TowerOrders.AtRisk })
            {
                var any = await new TransactionQueries(_rows.Tower).CountAsync(filter, person, 1, default) > 0;
                addresses.Contains(TransactionFilterText.Address(filter)).ShouldBe(any, $"{person.Name}: {filter}");
            }

            var approvals = (await Approvals.WaitingAsync(person)).Count > 0;
            addresses.Contains("approvals").ShouldBe(approvals, person.Name);
        }
    }

    [Theory]
    [InlineData("supervisor.east", 2, "See the orders", "held")]
    [InlineData("coordinator", 2, "See the orders", "late")]
    [InlineData("finance1", 1, "Decide", "approvals")]
    [InlineData("finance2", 3, "Decide", "approvals")]
    [InlineData("operator", 0, "Resume erp", "system-erp")]
    [InlineData("admin", 0, "Resume erp", "system-erp")]
    [InlineData("auditor", 8, "See the exceptions", "queue-")]
    public async Task Each_role_finds_its_work(string name, int number, string verb, string key)
    {
        var person = TowerNeedsSeed.People.First(one => one.Name == name);

        var need = (await NeedsAsync(person)).Single(row => row.Key == key);

        (number == 0 ? 0 : Number(need)).ShouldBe(number);
        need.Action!.Verb.ShouldBe(verb);
    }

    [Fact]
    public async Task A_delivered_order_is_not_overdue_and_a_healthy_system_is_no_row()
    {
        var rows = await NeedsAsync(TransactionRows.Auditor);

        Number(rows.Single(row => row.Key == "late")).ShouldBe(2);
        rows.Where(row => row.Kind == NeedKind.System).Select(row => row.Key).ShouldBe(["system-wms", "system-erp"]);
    }

    [Fact]
    public async Task A_system_that_should_report_and_never_did_is_silent_on_every_page_an_hour_after_its_registration()
    {
        await AddNeverHeardAsync("long-ago", "[\"order.accepted\"]", TimeSpan.FromHours(2));
        await AddNeverHeardAsync("just-now", "[\"order.accepted\"]", TimeSpan.FromMinutes(10));
        await AddNeverHeardAsync("only-takes", "[]", TimeSpan.FromHours(2));

        var row = (await NeedsAsync(TransactionRows.Auditor)).Single(need => need.Look.Text == "Silent");
        row.Text.ShouldStartWith("long-ago has not reported since it was registered 2 h ago");
        var listed = await new ConnectorStatusQuery(_rows.Tower, new ConnectorKinds(() => [])).AllAsync(TransactionRows.Auditor);
        listed.Where(system => system.IsSilent(Clocks.SystemNow)).Select(system => system.Name).ShouldBe(["long-ago"]);
    }

    [Fact]
    public async Task A_row_of_held_money_names_the_teams_that_own_it()
    {
        (await NeedsAsync(TransactionRows.Auditor)).Single(row => row.Key == "held").Owner.ShouldBe("Credit, Warehouse");
    }

    [Fact]
    public async Task One_snapshot_serves_two_approvers_with_limits_of_their_own()
    {
        var small = TowerNeedsSeed.Finance1;
        var great = small with { Id = 9, Name = "finance3", AuthorityLimit = 100_000 };
        TowerView.From(small).Key.ShouldBe(TowerView.From(great).Key);

        var snapshot = await ReadAsync(small);

        Number(NeedsList.From(snapshot, small).Single(row => row.Kind == NeedKind.Approval)).ShouldBe(1);
        Number(NeedsList.From(snapshot, great).Single(row => row.Kind == NeedKind.Approval)).ShouldBe(5);
    }

    private async Task AddNeverHeardAsync(string name, string reports, TimeSpan ago)
    {
        await using var db = _rows.CreateDbContext();
        db.Add(new ConnectorRecord { Name = name, Kind = "open", Role = "erp", BaseUrl = "https://erp.example", Reports = reports });
        db.Add(new AuditEntry
        {
            At = Clocks.SystemNow - ago,
            Actor = "admin",
            ActorKind = Actor.Person,
            Act = ConnectorRegistrar.Created,
            ObjectType = "connector",
            ObjectKey = name,
        });
        await db.SaveChangesAsync();
    }

    private ApprovalQueries Approvals => new(_rows.Tower, _policies);

    private Task<TowerSnapshot> ReadAsync(Actor person) =>
        new TowerQueries(_rows.Tower, _policies, Clocks).ReadAsync(TowerView.From(person), default);

    private async Task<IReadOnlyList<Need>> NeedsAsync(Actor person) => NeedsList.From(await ReadAsync(person), person);

    private static int Number(Need need) =>
        need.Kind == NeedKind.Exception
            ? 1
            : int.Parse(Regex.Match(need.Text, "^[0-9,]+").Value, NumberStyles.Number, CultureInfo.InvariantCulture);

    /// <summary>What the page behind the row lists; null for a page of one system.</summary>
    private async Task<(int Count, Dictionary<string, decimal> Money)?> ListedAsync(Need need, Actor person) => need.Action?.Href switch
    {
        ['/', ..] address => Total(await OrdersAsync(address, person), row => row.Currency, row => Money(need, row)),
        "approvals" => Total(await RequestsAsync(need, person), row => row.Currency, row => row.Amount),
        { } address when address.StartsWith("exceptions", StringComparison.Ordinal) =>
            Total(await CasesAsync(address, person), row => row.Currency, row => row.AmountAtRisk ?? 0),
        _ => null,
    };

    private static decimal Money(Need need, TransactionRow row) => need.Kind == NeedKind.Held ? row.Held : row.Amount;

    private async Task<IReadOnlyList<TransactionRow>> OrdersAsync(string address, Actor person)
    {
        var (filter, errors) = TransactionFilterText.Read(Query(address));
        errors.ShouldBeEmpty();
        return (await new TransactionQueries(_rows.Tower).ListAsync(filter, person, null, 100, default)).Rows;
    }

    /// <summary>As the page "Approvals" divides them.</summary>
    private async Task<IReadOnlyList<ApprovalRow>> RequestsAsync(Need need, Actor person)
    {
        var (waiting, policy) = (await Approvals.WaitingAsync(person), await Approvals.PolicyAsync());
        return [.. waiting.Where(row => ApprovalQueries.WhyNot(row, person, policy) is null == (need.Kind == NeedKind.Approval))];
    }

    private async Task<IReadOnlyList<CaseRow>> CasesAsync(string address, Actor person)
    {
        var lists = new CaseQueries(_rows.Tower);
        if (Regex.Match(address, "^exceptions/([0-9]+)$") is { Success: true } one)
        {
            return await lists.RowsOfAsync([long.Parse(one.Groups[1].Value, CultureInfo.InvariantCulture)], person);
        }

        var value = Query(address);
        var states = CaseFilter.ReadStates(value("state") ?? "unresolved", out _);
        return (await lists.PageAsync(new() { States = states, Team = value("team") }, person, null, 100)).Items;
    }

    private static Func<string, string?> Query(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(new Uri("http://tower"), address).Query);
        return name => query.TryGetValue(name, out var value) ? value.ToString() : null;
    }

    private static (int Count, Dictionary<string, decimal> Money) Total<T>(
        IReadOnlyList<T> rows, Func<T, string?> currency, Func<T, decimal> amount) =>
        (rows.Count, rows.GroupBy(row => currency(row) ?? "").ToDictionary(group => group.Key, group => group.Sum(amount)));
}
