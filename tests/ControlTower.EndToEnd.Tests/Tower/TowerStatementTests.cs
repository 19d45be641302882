using ControlTower.Core.Engine.Counts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Policies;
using ControlTower.EndToEnd.Tests.Transactions;
using ControlTower.Web.Features.Tower;

namespace ControlTower.EndToEnd.Tests.Tower;

/// <summary>What a snapshot of the Tower page costs in statements, and what viewers share.</summary>
public sealed class TowerStatementTests : IAsyncLifetime
{
    private static readonly TowerClocks Clocks = TowerClocks.RealTime(TimeProvider.System);

    private TransactionRows _rows = null!;
    private CountedDb _counted = null!;

    public async ValueTask InitializeAsync()
    {
        _rows = await TransactionRows.CreateAsync();
        await TowerNeedsSeed.WriteAsync(_rows);
        await new CountService(_rows.Tower, Clocks).RecountAsync();
        _counted = new CountedDb(_rows.Tower, _rows.ConnectionString);
    }

    public ValueTask DisposeAsync() => _rows.DisposeAsync();

    [Theory]
    [InlineData("auditor", 10)]
    [InlineData("supervisor.east", 11)]
    public async Task A_snapshot_with_all_of_its_figures_takes_few_statements(string name, int most)
    {
        var person = TowerNeedsSeed.People.First(one => one.Name == name);

        await Reader().ReadAsync(TowerView.From(person), TestContext.Current.CancellationToken);

        _counted.Statements.ShouldBe(most);
    }

    [Fact]
    public async Task Viewers_of_other_teams_read_their_cases_alone_and_share_the_rest()
    {
        var reader = Reader();
        var teams = new[] { "coordinator", "finance1", "operator", "auditor" }
            .Select(name => TowerView.From(TowerNeedsSeed.People.First(one => one.Name == name))).ToList();
        teams.Select(view => view.Key).Distinct().Count().ShouldBe(teams.Count);

        await Task.WhenAll(teams.Select(view => reader.ReadAsync(view, TestContext.Current.CancellationToken)));

        // Two for the cases of each. The rest once for the first, once more for those that came meanwhile, and then without
        // the figures that are read less often.
        _counted.Statements.ShouldBeLessThanOrEqualTo((teams.Count * 2) + 8 + 3);
    }

    private TowerQueries Reader() => new(_counted, new PolicyStore(_rows.Tower, Clocks), Clocks);
}
