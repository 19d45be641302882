using MudBlazor;
using MudBlazor.Services;

namespace ControlTower.Web.Shared.Kit;

/// <summary>What pages are made of.</summary>
public static class KitRegistration
{
    public static IServiceCollection AddKit(this IServiceCollection services)
    {
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            options.SnackbarConfiguration.PreventDuplicates = false;
            options.SnackbarConfiguration.ShowTransitionDuration = 0;
            options.SnackbarConfiguration.HideTransitionDuration = 0;
        });
        services.AddScoped<Dialogs>();
        services.AddScoped<Toasts>();
        return services;
    }
}
