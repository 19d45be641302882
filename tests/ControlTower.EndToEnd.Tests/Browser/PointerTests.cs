using ControlTower.Core.Kernel;
using Microsoft.Playwright;

namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>Nothing moves under the pointer, however much changes.</summary>
[Collection(nameof(BrowserCollection))]
public sealed class PointerTests(Chromium chromium, TowerApp tower)
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_row_under_the_pointer_stays_for_ten_seconds_of_twenty_changes_a_second_and_is_then_clicked()
    {
        var orders = new LiveOrders(tower) { CasesMove = true };
        await orders.MakeAsync("POINTER");
        var lists = await Task.WhenAll(
            PointedList.OpenAsync(chromium, tower, "/transactions"),
            PointedList.OpenAsync(chromium, tower, $"/exceptions?reasonCode={ReasonCodes.PickShort}"),
            PointedList.OpenAsync(chromium, tower, "/shipments"));
        using var stop = new CancellationTokenSource();
        var changing = orders.ChangeAsync(stop.Token);

        var pointed = await Task.WhenAll(lists.Select(list => list.PointAsync()));
        var seen = await Task.WhenAll(lists.Select(list => list.WatchAsync(Watched)));
        foreach (var (row, under) in pointed.Zip(seen))
        {
            under.ShouldBe([row]);
        }

        await Task.WhenAll(lists.Zip(pointed, (list, row) => list.ClickAsync(row)));
        await stop.CancelAsync();
        await changing;
    }

    [Fact]
    public async Task The_rows_of_the_queue_stay_in_place_when_one_is_selected()
    {
        await TroubledOrder.MakeAsync(tower, "SO-SELECTED");
        var page = await chromium.SignedInAsync(tower, "supervisor.east");
        await page.GotoAsync("/exceptions");
        await page.IsLiveAsync();
        var box = page.Locator("tbody tr input[type=checkbox]").First;
        await box.ShouldShowAsync();
        var before = await box.BoundingBoxAsync();

        await box.CheckAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Selected exceptions" }).ShouldShowAsync();

        (await box.BoundingBoxAsync())!.Y.ShouldBe(before!.Y);
    }
}
