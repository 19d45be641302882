using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Kernel;
using ControlTower.Web.Features.Connectors.Detail;
using ControlTower.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Features.Connectors.Register;

/// <summary>Registers a connector, or changes one: a form that is built from the description of its kind.</summary>
public sealed partial class RegisterPage
{
    private ConnectorForm? _form;
    private Actor? _actor;
    private bool _missing;

    /// <summary>Null for a new one.</summary>
    [Parameter]
    public string? Name { get; set; }

    [Inject]
    private IConnectorDesk Desk { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Title => Name is not null ? $"Change {Name}" : _form is null ? "Register a connector" : $"Register: {_form.Kind.Title}";

    private string Back => Name is null ? "connectors" : $"connectors/{Uri.EscapeDataString(Name)}";

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override async Task LoadAsync()
    {
        _actor = await Current.GetAsync();
        if (Name is null)
        {
            return;
        }

        await ReadAsync("The connector could not be read", async () =>
        {
            var existing = await Desk.FindAsync(Name, _actor, Leaving);
            (_form, _missing) = (existing?.Kind is { } kind ? ConnectorForm.From(kind, existing.Connector) : null, existing is null);
        });
    }

    private void Choose(ConnectorKindInfo kind) => _form = ConnectorForm.New(kind);

    private async Task SaveAsync()
    {
        if (_form!.ToBody() is not { } body)
        {
            return;
        }

        await AttemptAsync(Name is null ? $"Registering {_form.Name}…" : $"Changing {Name}…", async () =>
        {
            var result = await Desk.PutAsync(_form.Name.Trim(), body, _actor!);
            _form.Take(result.Errors);
            if (result.Connector is { } connector)
            {
                Navigation.NavigateTo($"connectors/{Uri.EscapeDataString(connector.Name)}");
            }

            return (
                result.Connector is not null,
                result.Refusal?.Message ?? (result.Errors is { } errors ? Message(errors) : Done(result.Created)));
        });
    }

    private string Done(bool created) =>
        created ? $"{_form!.Name} is registered. Test it before it is used." : $"{_form!.Name} is changed.";

    private static string Message(IReadOnlyDictionary<string, string[]> errors) =>
        errors.Count == 1 ? "One field is wrong." : $"{errors.Count} fields are wrong.";
}
