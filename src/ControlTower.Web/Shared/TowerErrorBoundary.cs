using Microsoft.AspNetCore.Components.Web;

namespace ControlTower.Web.Shared;

/// <summary>Blazor's boundary; what it catches is logged once, with the page it happened on.</summary>
public sealed class TowerErrorBoundary : ErrorBoundary
{
    [Microsoft.AspNetCore.Components.Inject]
    private ILogger<TowerErrorBoundary> Log { get; set; } = null!;

    protected override Task OnErrorAsync(Exception exception)
    {
        Log.LogError(exception, "A page failed");
        return Task.CompletedTask;
    }
}
