using ControlTower.Core.Kernel;
using ControlTower.Web.Identity;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Features.Partners;

/// <summary>The trading partners, what was agreed with each, and what lies in their folders.</summary>
public sealed partial class PartnersPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<PartnerRow>? _rows;
    private bool _administers;
    private bool _failed;

    [Inject]
    private IPartnerList Partners { get; set; } = null!;

    [Inject]
    private ICurrentActor Current { get; set; } = null!;

    [Inject]
    private ILogger<PartnersPage> Log { get; set; } = null!;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            _administers = (await Current.GetAsync()).Is(TowerRoles.Administrator);
            _rows = await Partners.AllAsync(_leaving.Token);
            _failed = false;
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The reader left.
        }
        catch (Exception error) when (error is System.Data.Common.DbException or TimeoutException or InvalidOperationException)
        {
            Log.LogWarning(error, "The partners could not be read");
            _failed = true;
        }
    }

    private static string Summary(IReadOnlyList<PartnerRow> rows)
    {
        var refused = rows.Sum(row => row.Folder.Refused);
        return refused == 0 ? Count(rows.Count, "partner", "partners") : $"{Count(rows.Count, "partner", "partners")}, {Count(refused, "file put aside", "files put aside")}";
    }

    private static string AnswersOf(string acknowledge) => acknowledge switch
    {
        "none" => "none",
        "997+TA1" => "997 for each group, TA1 for a refused interchange",
        _ => "997 for each group",
    };

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
