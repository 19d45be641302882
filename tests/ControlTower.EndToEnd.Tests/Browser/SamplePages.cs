namespace ControlTower.EndToEnd.Tests.Browser;

/// <summary>Something for every page of the tower to be about: a late order, a case, a request, a connector.</summary>
public sealed class SamplePages(Chromium chromium, TowerApp tower) : IAsyncLifetime
{
    internal PageSubjects About { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var about = await TroubledOrder.MakeAsync(tower, "SO-PAGES");
        await LateShipment.MakeAsync(tower, "SO-PAGES-LATE");
        await PolledConnector.RegisterAsync(chromium, tower, "sample-carrier");
        var approval = await TroubledOrder.RequestReleaseAsync(chromium, tower, about);
        About = new PageSubjects("erp:SO-PAGES-LATE", about, approval, "sample-carrier");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
