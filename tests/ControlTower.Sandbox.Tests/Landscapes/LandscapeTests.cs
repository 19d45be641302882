using System.Net;
using System.Text.Json.Nodes;
using ControlTower.Sandbox.Hosting;
using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Tests.Landscapes;

public sealed class LandscapeTests
{
    [Fact]
    public async Task Twenty_orders_run_to_posted_and_every_ledger_agrees()
    {
        await using var play = await Play.Begin();
        await play.ToTheEnd();
        await Expect.AllPosted(play);
    }

    [Fact]
    public async Task Each_order_ends_as_the_file_states()
    {
        using var folder = new Folder();
        await using var play = await Play.Begin(file: await SmallFile.Write(folder));
        await play.ToTheEnd();
        play.Tower.Faults.ShouldBeEmpty();

        var erp = await play.Ledger("erp");
        var orders = erp.GetProperty("orders").EnumerateArray().ToDictionary(order => order.GetProperty("order").GetString()!);
        orders["3"].GetProperty("status").GetString().ShouldBe("cancelled");
        orders["4"].GetProperty("status").GetString().ShouldBe("held");
        erp.GetProperty("totals").GetProperty("net").GetDecimal().ShouldBe(100.01m + 50m + 20m);
        var wms = await play.Ledger("wms");
        wms.GetProperty("shipments")
            .EnumerateArray()
            .Select(shipment => shipment.GetProperty("order").GetString())
            .ShouldBe(["1", "1", "2"], ignoreOrder: true);
        (await play.Ledger("tms")).GetProperty("totals").GetProperty("lateOrders").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_restart_in_the_middle_loses_nothing_and_changes_nothing()
    {
        await using var play = await Play.Begin(orders: 40, speed: 1_000_000);
        await play.Tower.Mind.FirstPosting.WaitAsync(TimeSpan.FromSeconds(30));
        var ports = play.File.Connectors.Select(connector => connector.BaseUrl).ToList();
        await play.StartAgain();
        play.File.Connectors.Select(connector => connector.BaseUrl).ShouldBe(ports);
        await play.ToTheEnd();
        await Expect.AllPosted(play);
    }

    [Fact]
    public async Task A_settled_landscape_reports_it_again_after_a_restart()
    {
        await using var play = await Play.Begin();
        await play.ToTheEnd();
        await play.StartAgain();
        await play.ToTheEnd();
        await Expect.AllPosted(play);
    }

    [Fact]
    public async Task A_known_key_gets_the_same_answer_and_has_no_second_effect()
    {
        await using var play = await Play.Begin(orders: 1, speed: 1);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(_ => play.Tower.Send("wms", "release-fulfilment", "k/1", Release(play.Orders[0]))));
        var texts = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        texts.Distinct().Count().ShouldBe(1);

        await play.StartAgain();
        var later = await play.Tower.Send("wms", "release-fulfilment", "k/1", Release(play.Orders[0]));
        (await later.Content.ReadAsStringAsync()).ShouldBe(texts[0]);
        var releases = (await play.Ledger("wms")).GetProperty("releases").EnumerateArray();
        releases.Count(release => release.GetProperty("key").GetString() == "k/1").ShouldBe(1);
    }

    [Fact]
    public async Task Other_content_under_a_known_key_is_refused()
    {
        await using var play = await Play.Begin(orders: 1, speed: 1);
        await play.Tower.Send("wms", "release-fulfilment", "k/1", Release(play.Orders[0]));
        var other = Release(play.Orders[0]);
        other["priority"] = "other";
        var answer = await play.Tower.Send("wms", "release-fulfilment", "k/1", other);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadFromJson()).GetProperty("code").GetString().ShouldBe("CONTENT_CONFLICT");
    }

    [Fact]
    public async Task A_command_without_a_valid_signature_is_refused_and_leaves_no_trace()
    {
        await using var play = await Play.Begin(orders: 1, speed: 1);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var connector in play.File.Connectors.Where(known => known.Role != "carrier"))
        {
            using var body = new StringContent("{}");
            var answer = await http.PostAsync($"{connector.BaseUrl}/commands/release-fulfilment", body);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await http.GetAsync($"{play.File.Connectors.Single(known => known.Poll).BaseUrl}/events")).StatusCode
            .ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Unknown_orders_kinds_and_missing_fields_are_refused_with_a_code()
    {
        await using var play = await Play.Begin(orders: 1, speed: 1);
        var unknown = new JsonObject { ["references"] = new JsonObject { ["order"] = "SO-0" } };
        (await Code(play, "wms", "release-fulfilment", unknown)).ShouldBe("REFERENCE_UNKNOWN");
        (await Code(play, "wms", "create-invoice", unknown)).ShouldBe("SCHEMA_INVALID");
        (await Code(play, "billing", "create-invoice", Release(play.Orders[0]))).ShouldBe("SCHEMA_INVALID");
    }

    private static async Task<string?> Code(Play play, string connector, string kind, JsonObject data)
    {
        var answer = await play.Tower.Send(connector, kind, $"{connector}:{kind}/1", data);
        ((int)answer.StatusCode).ShouldBeInRange(404, 422);
        return (await answer.Content.ReadFromJson()).GetProperty("code").GetString();
    }

    private static JsonObject Release(SalesOrder order) => new()
    {
        ["references"] = new JsonObject { ["order"] = order.Number },
        ["site"] = order.Sites[0],
        ["lines"] = new JsonArray(new JsonObject { ["line"] = order.Lines[0].Line, ["quantity"] = 1 }),
    };
}
