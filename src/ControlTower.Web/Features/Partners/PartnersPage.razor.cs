using ControlTower.Core.Kernel;
using ControlTower.Web.Identity;
using ControlTower.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Features.Partners;

/// <summary>The trading partners, what was agreed with each, and the files in their folders.</summary>
public sealed partial class PartnersPage
{
    private IReadOnlyList<PartnerRow>? _rows;
    private bool _administers;

    [Inject]
    private IPartnerList Partners { get; set; } = null!;

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override async Task LoadAsync()
    {
        await ReadAsync("The partners could not be read", async () =>
        {
            _administers = (await Current.GetAsync()).Is(TowerRoles.Administrator);
            _rows = await Partners.AllAsync(Leaving);
        });
    }

    private static string Summary(IReadOnlyList<PartnerRow> rows)
    {
        var refused = rows.Sum(row => row.Folder.Refused);
        return refused == 0
            ? Count(rows.Count, "partner", "partners")
            : $"{Count(rows.Count, "partner", "partners")}, {Count(refused, "file put aside", "files put aside")}";
    }

    private static string AnswersOf(string acknowledge) => acknowledge switch
    {
        "none" => "none",
        "997+TA1" => "997 for each group, TA1 for a refused interchange",
        _ => "997 for each group",
    };

    private static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
