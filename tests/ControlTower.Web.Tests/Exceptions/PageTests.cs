using Bunit;
using ControlTower.Core.Approvals;
using ControlTower.Core.Audit;
using ControlTower.Core.Cases;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Persistence.Transactions;
using ControlTower.Core.Replay;
using ControlTower.Web.Features.Approvals;
using ControlTower.Web.Features.Audit;
using ControlTower.Web.Features.Connectors;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Exceptions.Parts;
using ControlTower.Web.Identity;
using ControlTower.Web.Layout;
using ControlTower.Web.Live;
using ControlTower.Web.Shared.Kit;
using ControlTower.Web.Shared.Kit.Totals;
using ControlTower.Web.Tests.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace ControlTower.Web.Tests.Exceptions;

/// <summary>The pages on the services and the database of a whole tower: their states and their actions.</summary>
[Collection(nameof(TowerServerCollection))]
public sealed class PageTests(TowerServer tower)
{
    private static readonly Actor East = new(1, "supervisor.east", Actor.Person, [TowerRoles.WarehouseSupervisor], ["EAST-1"], [], null);
    private static readonly Actor Finance = new(4, "finance1", Actor.Person, [TowerRoles.FinanceApprover], [], [], 1000);
    private static readonly Actor Nowhere = East with { Sites = ["NOWHERE"] };

    private CaseSeed Seed => new(tower.App.Services);

    [Fact]
    public async Task A_queue_shows_its_exceptions_its_counts_and_its_causes()
    {
        var order = await Seed.OrderAsync();
        var about = await Seed.RefusedAsync(order);
        await using var stage = Stage(East);
        stage.Services.GetRequiredService<NavigationManager>().NavigateTo($"exceptions?search={order.OrderNumber}");

        var page = stage.Render<ExceptionsPage>();

        page.WaitForAssertion(() => page.Find($"#case-{about.Id}").TextContent.ShouldContain("Lot or serial number is invalid"));
        page.FindAll(".tab").First(tab => tab.TextContent.Contains("Warehouse", StringComparison.Ordinal)).TextContent.ShouldContain("1");
        page.Find(".cause").TextContent.ShouldContain("Lot or serial number is invalid");
    }

    [Fact]
    public async Task A_selection_is_replayed_and_each_result_is_shown()
    {
        var order = await Seed.OrderAsync();
        var refused = await Seed.RefusedAsync(order);
        var shortage = await Seed.CaseAsync(order, ReasonCodes.PickShort, "PICK_SHORT:1");
        await using var stage = Stage(East);
        stage.Services.GetRequiredService<NavigationManager>().NavigateTo($"exceptions?search={order.OrderNumber}");
        var page = stage.Render<ExceptionsPage>();
        page.WaitForAssertion(() => page.FindAll("tbody tr").Count.ShouldBe(2));

        page.Find("th.pick input").Change(true);
        page.WaitForState(() => page.FindAll("button").Any(button => button.TextContent.Trim() == "Replay"),
            TimeSpan.FromSeconds(10));
        page.FindAll("button").First(button => button.TextContent.Trim() == "Replay").Click();

        page.WaitForAssertion(() => page.Find(".bulk-result").TextContent.ShouldContain("1 of 2 done, 1 not"), TimeSpan.FromSeconds(10));
        page.Find(".refused").TextContent.ShouldContain($"Exception {shortage.Id}");
        page.WaitForAssertion(() => page.Find($"#case-{refused.Id}").TextContent.ShouldContain("Waiting"));
    }

    [Fact]
    public async Task An_empty_queue_is_a_success_and_a_filter_without_matches_is_named()
    {
        await using var stage = Stage(Nowhere);
        var page = stage.Render<ExceptionsPage>();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Nothing is waiting for anybody"));

        stage.Services.GetRequiredService<NavigationManager>().NavigateTo("exceptions?search=nothing-has-this");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Nothing matches this filter"));
    }

    [Fact]
    public async Task Pages_that_load_show_a_skeleton()
    {
        await using var stage = Stage(null);
        stage.Render<ExceptionsPage>().FindAll(".skeleton").Count.ShouldBe(1);
        stage.Render<ApprovalsPage>().FindAll(".skeleton").Count.ShouldBe(1);
        stage.Render<ConnectorsPage>().FindAll(".skeleton").Count.ShouldBe(1);
        stage.Render<AuditPage>().FindAll(".skeleton").Count.ShouldBe(1);
        stage.Render<ExceptionPage>(page => page.Add(p => p.Id, 1)).FindAll(".skeleton").Count.ShouldBe(1);
        stage.Render<ApprovalPage>(page => page.Add(p => p.Id, 1)).FindAll(".skeleton").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Pages_that_cannot_be_read_show_the_error_and_offer_a_retry()
    {
        var away = Substitute.For<ITowerDb>();
        away.CreateDbContext().Returns(_ => throw new TimeoutException());
        away.CreateReader().Returns(_ => throw new TimeoutException());
        await using var stage = Stage(Finance, away);
        Says(stage.Render<ExceptionsPage>());
        Says(stage.Render<ApprovalsPage>());
        Says(stage.Render<ConnectorsPage>());
        Says(stage.Render<AuditPage>());
        Says(stage.Render<ExceptionPage>(page => page.Add(p => p.Id, 1)));
        Says(stage.Render<ApprovalPage>(page => page.Add(p => p.Id, 1)));

        static void Says<T>(IRenderedComponent<T> page)
            where T : IComponent => page.WaitForAssertion(() => page.Find(".load-error").TextContent.ShouldContain("could not be read"));
    }

    [Fact]
    public async Task A_read_only_role_sees_why_no_action_is_available()
    {
        var about = await Seed.RefusedAsync(await Seed.OrderAsync());
        await using var stage = Stage(East with { Roles = [TowerRoles.Auditor] });

        var page = stage.Render<ExceptionPage>(parameters => parameters.Add(p => p.Id, about.Id));

        page.WaitForAssertion(() =>
            page.Find(".why-not summary").TextContent.ShouldBe("Why not replay, ask for the release, take, hand over or waive?"));
        page.Find(".acts .buttons").TextContent.Trim().ShouldBe("There is nothing for you to do here.");
    }

    [Fact]
    public async Task An_exception_shows_the_available_actions_and_why_others_are_not()
    {
        var order = await Seed.OrderAsync();
        var about = await Seed.RefusedAsync(order);
        await using var stage = Stage(East);
        var page = stage.Render<ExceptionPage>(parameters => parameters.Add(p => p.Id, about.Id));
        page.WaitForAssertion(() => page.Find("h1").TextContent.ShouldBe("Lot or serial number is invalid"));

        page.Find(".line.marked").TextContent.ShouldContain("\"line\": \"10\"");
        page.Find(".said").TextContent.ShouldContain("Lot 7 is unknown");
        page.Find(".why-not summary").TextContent.ShouldBe("Why not ask for the release?");
        page.Find(".why-not").TextContent.ShouldContain("No invoice of this order is held");
        page.FindAll("button").First(button => button.TextContent.Trim() == "Replay").Click();

        page.WaitForAssertion(() => page.Find(".page-head").TextContent.ShouldContain("Waiting"), TimeSpan.FromSeconds(10));
        page.Find(".history").TextContent.ShouldContain("supervisor.east replayed it");
        stage.Services.GetRequiredService<MudBlazor.ISnackbar>().ShownSnackbars.Count().ShouldBe(1, "one toast from start to result");
    }

    [Fact]
    public async Task The_release_dialog_names_each_held_invoice_with_its_amount_and_selects_that_of_the_exception()
    {
        var order = await Seed.OrderAsync();
        var about = await Seed.HeldAsync(order, 7981.14m);
        await Seed.HoldAsync(order, 232.80m, "SH-2", 'd');
        var detail = (await new CaseDetailQuery(tower.App.Services.GetRequiredService<ITowerDb>()).FindAsync(about.Id, East))!;
        await using var stage = Stage(East);

        var dialog = stage.Render<MudBlazor.MudDialogProvider>();
        var answer = dialog.InvokeAsync(() => stage.Services.GetRequiredService<Dialogs>().AskAsync<ReleaseDialog, ReleaseChoice>(
            "Ask for the release", new() { { d => d.Invoices, detail.Held } }));
        dialog.WaitForElement(".choice");
        dialog.Markup.ShouldNotContain("8,213.94");
        dialog.FindAll(".choice").Select(line => line.TextContent.Trim()).ShouldBe(
        [
            $"7,981.14 USD, the invoice of {order.OrderNumber} for shipment SH-1 · Proof of delivery is missing",
            $"232.80 USD, the invoice of {order.OrderNumber} for shipment SH-2 · Proof of delivery is missing",
        ]);
        dialog.Find("button[type=submit]").TextContent.ShouldContain("Ask for the release of 7,981.14 USD");
        dialog.Find("textarea").Input("The customer confirmed.");
        dialog.FindAll(".choice input")[1].Change(true);
        dialog.Find("button[type=submit]").TextContent.ShouldContain("Ask for 2 releases");
        await dialog.Find("form").SubmitAsync();
        (await answer)!.Invoices.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_outcome_has_two_answers_and_no_plain_replay()
    {
        var about = await Seed.InDoubtAsync(await Seed.OrderAsync());
        await using var stage = Stage(new Actor(6, "operator", Actor.Person, [TowerRoles.IntegrationOperator], [], [], null));

        var page = stage.Render<ExceptionPage>(parameters => parameters.Add(p => p.Id, about.Id));

        page.WaitForAssertion(() => Buttons().ShouldContain("It is there, as…"));
        Buttons().ShouldContain("Send it again…");
        Buttons().ShouldNotContain("Replay");

        IEnumerable<string?> Buttons() => page.FindAll("button").Select(button => button.TextContent.Trim());
    }

    [Fact]
    public async Task An_exception_of_another_site_is_not_found()
    {
        var about = await Seed.RefusedAsync(await Seed.OrderAsync());
        await using var stage = Stage(Nowhere);
        var page = stage.Render<ExceptionPage>(parameters => parameters.Add(p => p.Id, about.Id));
        page.WaitForAssertion(() => page.Markup.ShouldContain("There is no such exception"));
    }

    [Fact]
    public async Task A_requester_sees_why_they_cannot_decide_and_an_approver_has_the_buttons()
    {
        var order = await Seed.OrderAsync();
        var about = await Seed.HeldAsync(order);
        var asked = await tower.App.Services.GetRequiredService<ReleaseFromCase>()
            .AskAsync(about.Id, "The customer confirmed.", null, East);
        var id = asked.Request!.Id;

        await using var asker = Stage(East);
        var his = asker.Render<ApprovalPage>(page => page.Add(p => p.Id, id));
        his.WaitForAssertion(() => his.Find(".not").TextContent.ShouldContain("finance approvers"));
        his.FindAll("button").ShouldNotContain(button => button.TextContent.Trim() == "Approve…");

        await using var approver = Stage(Finance);
        var hers = approver.Render<ApprovalPage>(page => page.Add(p => p.Id, id));
        hers.WaitForAssertion(() =>
            hers.FindAll("button").ShouldContain(button => button.TextContent.Trim() == "Approve…"));
        hers.Find(".evidence").TextContent.ShouldContain("missing");

        var list = approver.Render<ApprovalsPage>();
        list.WaitForAssertion(() => list.Markup.ShouldContain($"approvals/{id}"));
    }

    [Fact]
    public async Task The_counter_of_an_approver_is_what_they_can_grant()
    {
        var asker = East with { Sites = ["COUNT-1", "EAST-1"] };
        foreach (var amount in (decimal[])[999, 1001])
        {
            var about = await Seed.HeldAsync(await Seed.OrderAsync("COUNT-1"), amount);
            (await tower.App.Services.GetRequiredService<ReleaseFromCase>().AskAsync(about.Id, "The customer confirmed.", null, asker)).Done
                .ShouldBeTrue();
        }

        (await CountAsync(Finance)).ShouldBe(1, "the other is over his limit");
        (await CountAsync(Finance with { AuthorityLimit = 2000 })).ShouldBe(2);
        (await CountAsync(asker)).ShouldBeNull("he decides on none");

        async Task<int?> CountAsync(Actor actor) => (await WorkCounts.ReadAsync(
            tower.App.Services.GetRequiredService<ITowerDb>(), actor with { Sites = ["COUNT-1"] },
            new Core.Policies.ApprovalPolicy())).Approvals;
    }

    [Fact]
    public async Task Verifying_the_chains_shows_the_findings()
    {
        await using var stage = Stage(Finance);
        var page = stage.Render<AuditPage>();
        page.WaitForAssertion(() => page.FindAll(".skeleton").Count.ShouldBe(0));
        page.FindAll("button")
            .First(button => button.TextContent.Trim() == "Verify the chains")
            .Click();
        page.WaitForAssertion(() => page.Find(".verdicts").TextContent.ShouldContain("Whole"), TimeSpan.FromSeconds(10));
    }

    /// <summary>A test context on the tower's own services; without an actor the sign-in never completes.</summary>
    private BunitContext Stage(Actor? actor, ITowerDb? database = null)
    {
        var stage = new BunitContext();
        stage.JSInterop.Mode = JSRuntimeMode.Loose;
        stage.Services.AddKit();
        stage.Services.AddSingleton<ICurrentActor>(new SignedIn(actor));
        foreach (var type in Shared)
        {
            stage.Services.AddSingleton(type, tower.App.Services.GetRequiredService(type));
        }

        stage.Services.AddSingleton(database ?? tower.App.Services.GetRequiredService<ITowerDb>());
        stage.Services.AddSingleton<CaseQueries>();
        stage.Services.AddSingleton<CaseDetailQuery>();
        stage.Services.AddSingleton<ApprovalQueries>();
        stage.Services.AddSingleton<AuditQueries>();
        stage.Services.AddSingleton<ConnectorStatusQuery>();
        stage.SetRendererInfo(new RendererInfo("Server", true));
        return stage;
    }

    private static readonly Type[] Shared =
    [
        typeof(TowerClocks), typeof(LiveFeed), typeof(CaseService), typeof(Core.Replay.ReplayService), typeof(ReleaseFromCase),
        typeof(Core.Approvals.ApprovalService),
        typeof(Core.Persistence.Policies.IPolicyStore),
        typeof(Core.Persistence.Connectors.ISystemTopologyStore), typeof(Core.Connectors.ConnectorControl),
        typeof(Core.Connectors.Kinds.ConnectorKinds), typeof(Core.Audit.AuditVerifier),
        typeof(IListTotals<AuditFilter>), typeof(IListTotals<ApprovalFilter>),
    ];

    private sealed class SignedIn(Actor? actor) : ICurrentActor
    {
        public ValueTask<Actor> GetAsync() =>
            actor is null ? new ValueTask<Actor>(new TaskCompletionSource<Actor>().Task) : ValueTask.FromResult(actor);
    }
}
