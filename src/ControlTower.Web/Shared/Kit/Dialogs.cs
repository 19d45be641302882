using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ControlTower.Web.Shared.Kit;

/// <summary>Asks a person in a dialog.</summary>
public sealed class Dialogs(IDialogService dialogs)
{
    private static readonly DialogOptions Options = new()
    {
        CloseButton = true, CloseOnEscapeKey = true, FullWidth = true, MaxWidth = MaxWidth.Small,
    };

    /// <returns>The default when the person changed their mind.</returns>
    public async Task<TAnswer?> AskAsync<TDialog, TAnswer>(string title, DialogParameters<TDialog> parameters)
        where TDialog : IComponent
    {
        var dialog = await dialogs.ShowAsync<TDialog>(title, parameters, Options);
        return await dialog.Result is { Canceled: false, Data: TAnswer answer } ? answer : default;
    }

    /// <summary>Shows something that needs no answer.</summary>
    public Task ShowAsync<TDialog>(string title)
        where TDialog : IComponent => dialogs.ShowAsync<TDialog>(title, Options);
}
