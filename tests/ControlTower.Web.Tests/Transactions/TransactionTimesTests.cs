using Bunit;
using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Transactions;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace ControlTower.Web.Tests.Transactions;

/// <summary>Ages in the list where business time is not system time.</summary>
public sealed class TransactionTimesTests
{
    [Fact]
    public async Task A_row_says_when_it_changed_by_system_time_where_business_time_is_another()
    {
        var started = TimeProvider.System.GetUtcNow();
        await using var host = new PageHost(add: services => services.AddSingleton(
            new TowerClocks(TimeProvider.System, started.AddDays(-300), started, speed: 1440)));
        host.Lists.ListAsync(default!, default!, default, default, default)
            .ReturnsForAnyArgs(new TransactionPage([PageHost.Row("SO-1") with { UpdatedAt = started.AddMinutes(-5) }], null, null));

        host.Render<TransactionsPage>().Find("tbody tr td:last-child").TextContent.ShouldBe("5 min ago");
    }
}
