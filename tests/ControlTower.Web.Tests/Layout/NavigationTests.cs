using Bunit;
using Bunit.TestDoubles;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Web.Identity;
using ControlTower.Web.Layout;
using ControlTower.Web.Live;
using ControlTower.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace ControlTower.Web.Tests.Layout;

public sealed class NavigationTests : IDisposable
{
    private readonly BunitContext _context = new();

    [Fact]
    public void A_supervisor_has_the_pages_of_the_role_and_not_the_audit()
    {
        var pages = PagesOf(Rights.SignedIn, Rights.SeeApprovals, Rights.SeeConnectors);
        pages.ShouldBe(["Tower", "Transactions", "Shipments", "Exceptions", "Approvals", "Connectors", "Partners"]);
    }

    [Fact]
    public void An_auditor_has_every_page() =>
        PagesOf(Rights.SignedIn, Rights.SeeApprovals, Rights.SeeConnectors, Rights.SeeAudit).Count.ShouldBe(NavigationEntries.All.Count);

    [Fact]
    public void A_state_is_shown_by_text_icon_and_colour()
    {
        var badge = _context.Render<StateBadge>(parameters =>
            parameters.Add(b => b.Look, StateStyle.For(Core.Kernel.TransactionHealth.Held)));
        var span = badge.Find(".badge");
        span.ClassList.ShouldContain("tone-hold");
        span.TextContent.ShouldContain("Held");
        span.QuerySelector(".icon")!.GetAttribute("aria-hidden").ShouldBe("true");
    }

    public void Dispose() => _context.Dispose();

    private List<string> PagesOf(params string[] rights)
    {
        _context.Services.AddSingleton(new SharedWorkCounts(Substitute.For<ITowerDb>(), Substitute.For<IPolicyStore>()));
        _context.Services.AddSingleton(Substitute.For<ICurrentActor>());
        _context.Services.AddSingleton(new LiveFeed(TimeProvider.System, NullLogger<LiveFeed>.Instance));
        var who = _context.AddAuthorization();
        who.SetAuthorized("someone");
        who.SetPolicies(rights);
        _context.SetRendererInfo(new RendererInfo("Static", isInteractive: false));
        return [.. _context.Render<NavigationPanel>().FindAll(".nav-text").Select(text => text.TextContent)];
    }
}
