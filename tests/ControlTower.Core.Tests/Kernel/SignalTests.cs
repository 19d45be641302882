using ControlTower.Core.Kernel.Signals;

namespace ControlTower.Core.Tests.Kernel;

public class SignalTests
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_engine_is_woken_once_however_often_it_was_called()
    {
        using var signal = new EngineSignal();
        signal.Raise();
        signal.Raise();

        await signal.WaitAsync(TimeSpan.FromHours(1), Test).WaitAsync(TimeSpan.FromSeconds(30), Test);

        var second = signal.WaitAsync(TimeSpan.FromHours(1), Test);
        second.IsCompleted.ShouldBeFalse();
        signal.Raise();
        await second.WaitAsync(TimeSpan.FromSeconds(30), Test);
    }

    [Fact]
    public async Task The_dispatcher_is_woken_once_however_often_it_was_called()
    {
        using var signal = new OutboxSignal();
        signal.Raise();
        signal.Raise();

        await signal.WaitAsync(TimeSpan.FromHours(1), Test).WaitAsync(TimeSpan.FromSeconds(30), Test);

        var second = signal.WaitAsync(TimeSpan.FromHours(1), Test);
        second.IsCompleted.ShouldBeFalse();
        signal.Raise();
        await second.WaitAsync(TimeSpan.FromSeconds(30), Test);
    }
}
