using Bunit;
using ControlTower.Core.Approvals;
using ControlTower.Core.Kernel;
using ControlTower.Core.Processes.SalesOrders;
using ControlTower.Web.Features.Transactions.Detail;
using ControlTower.Web.Features.Transactions;
using ControlTower.Web.Identity;
using ControlTower.Web.Live;
using ControlTower.Web.Shared.Kit.Totals;
using ControlTower.Web.Shared.Kit;
using ControlTower.Web.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace ControlTower.Web.Tests.Transactions;

/// <summary>A test context with a signed-in person and substitutes for the readers.</summary>
internal sealed class PageHost : BunitContext
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public PageHost(Actor? actor = null, Action<IServiceCollection>? add = null)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddKit();
        Services.AddSingleton<ICurrentActor>(new SignedIn(actor ?? Supervisor));
        Services.AddSingleton(Lists);
        Services.AddSingleton(Lives);
        Services.AddSingleton(Totals);
        Services.AddTimes();
        Services.AddSingleton<LiveFeed>();
        Services.AddSingleton(new ApprovalService(null!, null!, null!, null!, null!, null!, null!));
        Lists.ChoicesAsync(default!, default)
            .ReturnsForAnyArgs(new TransactionChoices([new("EAST", "East", "Europe/Berlin", "Europe")], ["Europe"]));
        add?.Invoke(Services);
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", true));
    }

    public static Actor Supervisor { get; } = new(1, "supervisor.east", Actor.Person, [TowerRoles.WarehouseSupervisor], [], [], null);

    public ITransactionLists Lists { get; } = Substitute.For<ITransactionLists>();

    public IListTotals<TransactionFilter> Totals { get; } = Substitute.For<IListTotals<TransactionFilter>>();

    public ITransactionEvents Lives { get; } = Substitute.For<ITransactionEvents>();

    public LiveFeed Feed => Services.GetRequiredService<LiveFeed>();

    public static TransactionRow Row(
        string order, long id = 1, TransactionStage stage = TransactionStage.Shipped, bool late = false, bool atRisk = false) => new(
        $"erp:{order}", stage, TransactionHealth.Ok, ["EAST"], "Europe", "Acme", "USD", 1234.5m, 0, 0, late, Now, order, 0, "DHL",
        Now.AddDays(-3), Now.AddDays(-1), null, late ? Now : null, atRisk, id);

    public static TransactionDetail Detail(OrderView? view = null, params HoldItem[] holds) => new()
    {
        Row = Row("SO-1"),
        View = view ?? new OrderView(),
        LegalEntity = "1000",
        CorrelationId = "0af7651916cd43dd8448eb211c80319c",
        Version = 3,
        Documents = [new("order:SO-1", "order", "SO-1", "erp", "accepted", null, 1234.5m, [])],
        Links = [],
        Events = [],
        Commands = [],
        Holds = holds,
        Cases = [],
        Approvals = [],
        Audit = [],
        Actions = [],
        Places = [new("EAST", "East", "Europe/Berlin")],
    };

    private sealed class SignedIn(Actor actor) : ICurrentActor
    {
        public ValueTask<Actor> GetAsync() => ValueTask.FromResult(actor);
    }
}
