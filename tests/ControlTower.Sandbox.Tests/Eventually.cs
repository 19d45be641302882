namespace ControlTower.Sandbox.Tests;

internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Polls until the condition holds.</summary>
    public static async Task Is(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var patience = new CancellationTokenSource(Limit);
        while (!holds())
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
