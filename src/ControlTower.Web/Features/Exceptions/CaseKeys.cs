using Microsoft.JSInterop;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>Keys pressed anywhere on the page while nothing is being typed.</summary>
internal sealed class CaseKeys : IAsyncDisposable
{
    private readonly Func<string, Task> _pressed;
    private readonly DotNetObjectReference<CaseKeys> _self;
    private IJSObjectReference? _module;

    private CaseKeys(Func<string, Task> pressed)
    {
        _pressed = pressed;
        _self = DotNetObjectReference.Create(this);
    }

    public static async Task<CaseKeys> ListenAsync(IJSRuntime script, Func<string, Task> pressed)
    {
        var keys = new CaseKeys(pressed);
        try
        {
            keys._module = await script.InvokeAsync<IJSObjectReference>("import", "./Features/Exceptions/ExceptionsPage.razor.js");
            if (keys._module is not null)
            {
                await keys._module.InvokeVoidAsync("listen", keys._self);
            }
        }
        catch (Exception error) when (error is JSDisconnectedException or JSException)
        {
            // The page was closed before it was complete, or the browser has no modules: the buttons do all that the
            // keys do.
        }

        return keys;
    }

    [JSInvokable]
    public Task Press(string key) => _pressed(key);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("silence");
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is closed, and its keys are gone.
        }

        _self.Dispose();
    }
}
