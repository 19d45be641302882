using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Connectors;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Partners;
using ControlTower.Web.Features.Transactions.Detail;
using ControlTower.Web.Live;
using ControlTower.Web.Tests.Exceptions;
using ControlTower.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Shared;

/// <summary>
/// After a restart of the database the first read of a page does not fail because of lost connections.
/// </summary>
[Collection(nameof(TowerServerCollection))]
public sealed class ReadingTests(TowerServer tower)
{
    private IServiceProvider Services => tower.App.Services;

    [Fact]
    public async Task Pages_are_read_although_the_working_connections_are_lost()
    {
        var seed = new CaseSeed(Services);
        var order = await seed.OrderAsync();
        var refused = await seed.RefusedAsync(order);

        (await Over<CaseDetailQuery>().FindAsync(refused.Id, Actor.Tower)).ShouldNotBeNull();
        (await Over<TransactionDetails>().FindAsync(order.Key, Actor.Tower, default)).ShouldNotBeNull();
        (await Over<LiveHints>().ForAsync(new LiveChange(new HashSet<long> { order.Id }, new HashSet<long> { refused.Id }, false, false,
            false), Actor.Tower)).ShouldNotBeNull().Exceptions.ShouldBe([refused.Id]);
        (await Over<ConnectorStatusQuery>().AllAsync(Actor.Tower)).ShouldNotBeNull();
        (await Over<ConnectorQueries>().ListAsync(new PageQuery(null, null), default)).ShouldNotBeNull();
        (await Over<PartnerList>().AllAsync(default)).ShouldNotBeNull();
    }

    private TReads Over<TReads>() =>
        ActivatorUtilities.CreateInstance<TReads>(
            Services, new LostConnections(Services.GetRequiredService<ITowerDb>(), LostConnections.Fault));
}
