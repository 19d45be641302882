namespace ControlTower.EndToEnd.Tests.Landscape;

/// <summary>Polls another process until a condition holds: there is no signal to wait on across processes.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task AsyncIs(Func<Task<bool>> question, Func<string> story, TimeSpan? patience = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var deadline = TimeProvider.System.GetTimestamp();
        while (!await question())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < (patience ?? Patience), story());
            await timer.WaitForNextTickAsync(cancellation);
        }
    }
}
