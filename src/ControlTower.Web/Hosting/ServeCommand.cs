namespace ControlTower.Web.Hosting;

/// <summary>Serves pages and API until it is stopped.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] settings)
    {
        await using var app = TowerHost.Build(settings);
        ListenAddresses.ThrowUnlessFree(app.Services.GetRequiredService<ListenOptions>());
        await DatabaseReadiness.ThrowUnlessReadyAsync(app.Services);
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped while it was still starting: ended as requested.
        }

        return 0;
    }
}
