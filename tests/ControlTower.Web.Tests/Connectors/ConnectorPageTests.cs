using Bunit;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Web.Features.Connectors.Detail;
using NSubstitute;

namespace ControlTower.Web.Tests.Connectors;

/// <summary>One connector's page: its states, its texts, its actions by role.</summary>
public sealed class ConnectorPageTests
{
    [Fact]
    public async Task A_loading_page_shows_a_skeleton_and_an_unknown_connector_is_not_found()
    {
        await using var stage = new ConnectorPageHost();
        stage.Desk.FindAsync(default!, default!, default).ReturnsForAnyArgs(new TaskCompletionSource<ConnectorDetail?>().Task);
        Show(stage).FindAll(".skeleton").Count.ShouldBe(1);

        await using var other = new ConnectorPageHost();
        other.Finds(null);
        Show(other).Markup.ShouldContain("There is no connector parcels-1");
    }

    [Fact]
    public async Task A_failure_is_shown_and_retry_reads_again()
    {
        await using var stage = new ConnectorPageHost();
        stage.Desk.FindAsync(default!, default!, default)
            .ReturnsForAnyArgs(_ => throw new TimeoutException(), _ => Task.FromResult<ConnectorDetail?>(ConnectorPageHost.Detail));
        var page = Show(stage);

        page.Find("[role=alert] button").Click();

        page.Find("h1").TextContent.ShouldBe("parcels-1");
    }

    [Fact]
    public async Task Health_flow_position_and_registration_are_shown_as_text()
    {
        await using var stage = new ConnectorPageHost();
        stage.Finds(ConnectorPageHost.Detail);

        var page = Show(stage);

        page.Find(".note.bad").TextContent.ShouldContain("It answered 503.");
        page.Find(".figures").TextContent.ShouldContain("10");
        page.Find(".gate").TextContent.ShouldContain("Nothing is in the way of commands.");
        page.Find(".position").TextContent.ShouldContain("2026-11-20T10:00:00Z");
        page.Markup.ShouldContain("Verified against recorded bodies only.");
        page.Markup.ShouldContain("/api/v1/webhooks/parcels-1");
        page.Markup.ShouldContain("kept encrypted, never shown");
    }

    [Fact]
    public async Task Throughput_latency_and_errors_of_a_day_are_lines_that_open_what_is_behind_them()
    {
        await using var stage = new ConnectorPageHost();
        stage.Finds(ConnectorPageHost.Detail);

        var page = Show(stage);

        page.FindAll("a[href='connectors/parcels-1#flow-title'] svg[role=img]").Select(line => line.GetAttribute("aria-label")).ShouldBe(
        [
            "Facts received, by hour: 6 in this hour, at most 8 at 1 Jan 00:00 UTC",
            "Attempts to send, by hour: 5 in this hour, at most 5 at 1 Jan 01:00 UTC",
            "Median time of an answer, by hour: 1.2 s in this hour, at most 1.2 s at 1 Jan 01:00 UTC",
        ]);
        page.Find("a[href='exceptions?connector=parcels-1'] svg[role=img]").GetAttribute("aria-label")
            .ShouldBe("Failed attempts, by hour: 2 in this hour, at most 2 at 1 Jan 01:00 UTC");
        page.FindAll("#flow-title").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Hours_that_are_not_known_are_left_out_and_this_is_shown()
    {
        await using var stage = new ConnectorPageHost();
        stage.Finds(ConnectorPageHost.Detail);
        stage.Desk.HoursAsync(default!, default).ReturnsForAnyArgs(ConnectorPageHost.Hours with
            { Received = [new(DateTimeOffset.UnixEpoch, null), new(DateTimeOffset.UnixEpoch.AddHours(1), 6)] });

        Show(stage).Markup.ShouldContain("Earlier hours are empty");
    }

    [Fact]
    public async Task Commands_of_its_role_that_no_connector_takes_are_listed()
    {
        await using var stage = new ConnectorPageHost();
        stage.Finds(ConnectorPageHost.Detail with
        {
            Connector = ConnectorPageHost.Connector with
            {
                Role = "wms", Unserved = [new("release-fulfilment", "1000", "WH3"), new("create-invoice", null, null)],
                Takes = ["cancel-fulfilment"],
            },
        });

        var page = Show(stage);

        page.Find(".unserved h2").TextContent.ShouldBe("WMS commands that no connector takes");
        page.FindAll(".unserved li").Single().TextContent.ShouldBe("release-fulfilment for legal entity 1000 at site WH3");
        page.FindAll("dt").Single(term => term.TextContent == "Takes").NextElementSibling!.TextContent.ShouldBe("cancel-fulfilment");
    }

    [Theory]
    [InlineData(null, "0.5, no limit")]
    [InlineData(10d, "0.5 of 10 allowed")]
    public async Task Its_rate_is_shown_next_to_the_allowed_rate(double? allowed, string words)
    {
        await using var stage = new ConnectorPageHost();
        stage.Finds(ConnectorPageHost.Detail with { Pressure = ConnectorPressure.None("parcels-1") with
            { RateUsed = 0.5, RateAllowed = allowed, OutcomeUnknown = 3, LookingUp = 2 } });

        var figures = Show(stage).Find(".figures").TextContent;

        figures.ShouldContain(words);
        figures.ShouldContain("3, 2 looked up");
    }

    [Fact]
    public async Task An_open_breaker_and_a_pause_show_what_blocks_sending()
    {
        await using var stage = new ConnectorPageHost();
        stage.Finds(ConnectorPageHost.Detail with
            { Pressure = ConnectorPressure.None("parcels-1") with { Breaker = BreakerState.Open, Why = WaitReason.Breaker } });
        Show(stage).Find(".gate.held").TextContent.ShouldContain("the breaker is open");

        await using var paused = new ConnectorPageHost();
        paused.Finds(ConnectorPageHost.Detail with
            { Connector = ConnectorPageHost.Connector with { Paused = true, PausedReason = "Maintenance." } });
        var page = Show(paused);
        page.Find(".gate.held").TextContent.ShouldContain("it is paused");
        page.Find(".note").TextContent.ShouldContain("Maintenance.");
        Button(page, "Resume").ShouldNotBeNull();
        Button(page, "Test").ShouldBeNull();
    }

    [Fact]
    public async Task A_test_shows_its_steps_and_writes_nothing()
    {
        await using var stage = new ConnectorPageHost();
        stage.Finds(ConnectorPageHost.Detail);
        var result = new Core.Connectors.TestResult([
            new("It was reached.", true), new("It refuses the key.", false), new("No command was sent.", null)]);
        stage.Desk.TestAsync("parcels-1", Arg.Any<Actor>())
            .Returns(Task.FromResult<(Refusal?, Core.Connectors.TestResult?)>((null, result)));
        var page = Show(stage);

        await page.InvokeAsync(() => Button(page, "Test")!.Click());

        page.FindAll(".steps li").Select(step => step.ClassName).ShouldBe(["good", "bad", "left"]);
        page.Find(".steps").TextContent.ShouldContain("Failed: It refuses the key.");
        stage.Said.ShouldBe(["parcels-1 does not work yet; nothing was written."]);
    }

    [Fact]
    public async Task A_code_is_mapped_in_one_action_for_every_connector_of_the_kind()
    {
        await using var stage = new ConnectorPageHost();
        stage.Finds(ConnectorPageHost.Detail);
        stage.Desk.MapAsync(default!, default!, default!).ReturnsForAnyArgs(new CodeMapResult(null, 12));
        var page = Show(stage);
        Button(page, "Map")!.HasAttribute("disabled").ShouldBeTrue("nothing is chosen yet");
        page.FindAll("select option")
            .Select(option => option.TextContent)
            .ShouldBe(["Choose…", "shipment.delivered", "shipment.picked-up", "of no interest"]);

        page.Find("select").Change("shipment.delivered");
        await page.InvokeAsync(() => page.Find("form.map").Submit());

        await stage.Desk.Received()
            .MapAsync("parcels-1", new CodeMapping("parcels.status", "2", "beamed", "shipment.delivered", ForKind: true), Arg.Any<Actor>());
        stage.Said.ShouldBe(["beamed is mapped; 12 messages that waited for it are processed again."]);
    }

    [Fact]
    public async Task Only_mappings_of_people_can_be_removed()
    {
        await using var stage = new ConnectorPageHost();
        stage.Finds(ConnectorPageHost.Detail);
        var page = Show(stage);

        page.FindAll("button").Count(button => button.TextContent.Contains("Take back", StringComparison.Ordinal)).ShouldBe(1);
        await page.InvokeAsync(() => Button(page, "Take back")!.Click());

        await stage.Desk.Received()
            .UnmapAsync("parcels-1", new CodeMapping("parcels.status", "2", "gone", CodeMap.OfNoInterest), Arg.Any<Actor>());
    }

    [Fact]
    public async Task A_refusal_is_shown()
    {
        await using var stage = new ConnectorPageHost();
        stage.Finds(ConnectorPageHost.Detail);
        stage.Desk.PollAsync(default!, default!).ReturnsForAnyArgs(Refusal.Conflict("It pushes its facts."));
        var page = Show(stage);

        await page.InvokeAsync(() => Button(page, "Poll now")!.Click());

        stage.Said.ShouldBe(["It pushes its facts."]);
    }

    [Fact]
    public async Task A_read_only_role_has_no_actions()
    {
        await using var stage = new ConnectorPageHost(TowerRoles.Auditor);
        stage.Finds(ConnectorPageHost.Detail);

        var page = Show(stage);

        page.FindAll("button").ShouldBeEmpty();
        page.FindAll("a.edit").ShouldBeEmpty();
        page.Markup.ShouldContain("Integration operators and administrators map codes.");
    }

    private static IRenderedComponent<ConnectorPage> Show(ConnectorPageHost stage) =>
        stage.Render<ConnectorPage>(parameters => parameters.Add(page => page.Name, "parcels-1"));

    private static AngleSharp.Dom.IElement? Button(IRenderedComponent<ConnectorPage> page, string text) =>
        page.FindAll("button").FirstOrDefault(button => button.TextContent.Trim().EndsWith(text, StringComparison.Ordinal));
}
