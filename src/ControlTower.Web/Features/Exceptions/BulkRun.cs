namespace ControlTower.Web.Features.Exceptions;

/// <summary>One action over a frozen selection: each item by itself, its own result kept.</summary>
public sealed class BulkRun(string title, IReadOnlyList<long> ids)
{
    private readonly List<(long Id, string Why)> _refused = [];
    private bool _stopping;

    public string Title => title;

    public int Total => ids.Count;

    public int Finished { get; private set; }

    public int Done => Finished - _refused.Count;

    public IReadOnlyList<(long Id, string Why)> Refused => _refused;

    public bool WasStopped { get; private set; }

    public bool IsOver => WasStopped || Finished == Total;

    /// <summary>The running item is finished; the others are not touched.</summary>
    public void Stop() => _stopping = true;

    /// <param name="act">Does one item; returns why not, or null.</param>
    /// <param name="shown">Called after each item.</param>
    public async Task RunAsync(Func<long, Task<string?>> act, Action shown)
    {
        foreach (var id in ids)
        {
            if (_stopping)
            {
                WasStopped = true;
                break;
            }

            if (await act(id) is { } why)
            {
                _refused.Add((id, why));
            }

            Finished++;
            shown();
        }
    }
}
