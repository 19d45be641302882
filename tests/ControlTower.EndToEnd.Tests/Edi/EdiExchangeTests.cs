using System.Buffers;
using System.Globalization;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.X12;
using ControlTower.Testing;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Edi;

/// <summary>
/// Orders, releases and shipments by file, with a tower that is killed twice in between: one effect each.
/// </summary>
public class EdiExchangeTests
{
    private const int Orders = 40;

    [Fact]
    public async Task Files_become_shipped_orders_once_each_though_the_tower_is_killed_in_the_middle()
    {
        await using var tower = await EdiTower.StartAsync();
        for (var i = 1; i <= Orders; i++)
        {
            tower.Drop("shop", $"order-{i:000}.edi", Write("SHOP", i, "PO", "850", Order(i)));
        }

        await Eventually.AsyncIs(() => Task.FromResult(tower.Out("3pl").Length >= 5), () => tower.Story);
        await tower.KillAndRestartAsync();
        await Eventually.AsyncIs(
            () => Task.FromResult(Releases(tower).Count == Orders), () => $"{Releases(tower).Count} releases. {tower.Story}");

        var releases = Releases(tower);
        for (var i = 0; i < releases.Count; i++)
        {
            tower.Drop("3pl", $"advice-{i + 1:000}.edi", Write("WHSE", i + 1, "SW", "945", Advice(releases[i], i + 1)));
        }

        await Eventually.AsyncIs(() => Task.FromResult(tower.Out("3pl").Length >= Orders + 5), () => tower.Story);
        await tower.KillAndRestartAsync();
        await Eventually.AsyncIs(async () => await ShippedAsync(tower) == Orders, () => $"Not all have shipped. {tower.Story}");
        await Eventually.AsyncIs(() => Task.FromResult(tower.Out("3pl").Length == 2 * Orders && Answers(tower, "shop").Count == Orders),
            () => $"Not all are answered. {tower.Story}");

        releases.Select(release => release.Order).Distinct().Count().ShouldBe(Orders, "one release for each order");
        releases.Select(release => release.Depositor).Distinct().Count().ShouldBe(Orders);
        Numbers(tower, "3pl").ShouldBe(Enumerable.Range(1, 2 * Orders), "a control number for each file, none twice, none left out");
        Answers(tower, "shop").ShouldAllBe(text => text.Contains("AK9*A*1*1*1", StringComparison.Ordinal));
        Directory.GetFiles(tower.Partner("shop", "work")).ShouldBeEmpty();
        Directory.GetFiles(tower.Partner("shop", "archive")).Length.ShouldBe(Orders);
        Directory.GetFiles(tower.Partner("shop", "refused")).ShouldBeEmpty();
    }

    private static string[] Order(int number) =>
    [
        $"BEG*00*SA*PO-{number}**20261120", "CUR*BY*USD", "N1*BY*Shop*92*C1", "PO1*1*5*EA*10**VP*A-1", "CTT*1",
    ];

    private static string[] Advice(WarehouseOrder release, int number) =>
    [
        $"W06*F*{release.Depositor}*20261120*SH-{number}", "G62*11*20261120", "W27*M*UPSN", "LX*1", $"N9*LI*{release.Lines[0].Line}",
        $"W12*CC*5*5**EA**VN*{release.Lines[0].Item}", "W03*5",
    ];

    private static byte[] Write(string partner, int control, string group, string set, string[] segments)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new X12Writer(output, X12Delimiters.Usual);
        writer.BeginInterchange(new X12Header { Sender = partner, Receiver = "TOWER", Date = "261120", Time = "0800",
            Control = control.ToString("000000000", CultureInfo.InvariantCulture) });
        writer.BeginGroup(group, partner, "TOWER", new DateTime(2026, 11, 20), $"{control}", "004010");
        writer.BeginSet(set, "0001");
        foreach (var segment in segments)
        {
            var pieces = segment.Split('*');
            writer.Segment(pieces[0], pieces.AsSpan(1));
        }

        writer.EndSet();
        writer.EndGroup();
        writer.EndInterchange();
        return output.WrittenSpan.ToArray();
    }

    private static List<WarehouseOrder> Releases(EdiTower tower) =>
        [.. tower.Out("3pl").Where(path => Path.GetFileName(path).StartsWith("940", StringComparison.Ordinal)).Select(path =>
    {
        var bytes = File.ReadAllBytes(path);
        var result = X12Validator.Validate(new MemoryStream(bytes), X12Rules.AnyStrict).ShouldHaveSingleItem();
        result.Sentences().ShouldBeEmpty();
        var (_, set) = result.AcceptedSets().Single();
        return WarehouseOrder.Read(X12Set.Read(bytes.AsMemory((int)set.Offset, set.Length), result.Delimiters));
    })];

    private static List<string> Answers(EdiTower tower, string partner) =>
        [.. tower.Out(partner).Where(path => Path.GetFileName(path).StartsWith("997", StringComparison.Ordinal)).Select(File.ReadAllText)];

    private static List<int> Numbers(EdiTower tower, string partner) => [.. tower.Out(partner)
        .Select(path =>
            int.Parse(X12Validator.Validate(File.OpenRead(path), X12Rules.AnyStrict)[0].Header!.Control, CultureInfo.InvariantCulture))
            .Order()];

    private static async Task<int> ShippedAsync(EdiTower tower)
    {
        await using var db = TestedDatabase.Open(tower.ConnectionString);
        return await db.Transactions.CountAsync(t => t.Stage == TransactionStage.Shipped);
    }
}
