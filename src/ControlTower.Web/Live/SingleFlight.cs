namespace ControlTower.Web.Live;

/// <summary>
/// One reading for all concurrent callers. A caller that arrives while one runs shares the next: it begins after their
/// call, so it includes the change that caused the call. At most one runs at a time, however many circuits there are.
/// </summary>
internal sealed class SingleFlight<TValue>(Func<Task<TValue>> read)
{
    private readonly Lock _gate = new();
    private Task<TValue>? _running;
    private Task<TValue>? _next;

    public Task<TValue> GetAsync()
    {
        lock (_gate)
        {
            return _running is null or { IsCompleted: true } && _next is null ? _running = read() : _next ??= AfterAsync(_running);
        }
    }

    private async Task<TValue> AfterAsync(Task<TValue>? before)
    {
        // Its own callers see its error.
        await Task.WhenAny(before ?? Task.CompletedTask);
        Task<TValue> mine;
        lock (_gate)
        {
            (_running, _next) = (mine = read(), null);
        }

        return await mine;
    }
}
