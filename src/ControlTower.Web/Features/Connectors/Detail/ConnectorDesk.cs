using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Kernel;

namespace ControlTower.Web.Features.Connectors.Detail;

internal sealed class ConnectorDesk(
    ConnectorKinds kinds, ConnectorDetailQuery query, ConnectorHoursQuery hours, ConnectorRegistrar registrar, ConnectorControl control,
    CodeMaps codes)
        : IConnectorDesk
{
    public IReadOnlyList<ConnectorKindInfo> Kinds => kinds.Infos;

    public Task<ConnectorDetail?> FindAsync(string name, Actor actor, CancellationToken cancellation) =>
        query.FindAsync(name, actor, cancellation);

    public Task<ConnectorHours> HoursAsync(string name, CancellationToken cancellation) => hours.ReadAsync(name, cancellation);

    public Task<RegistrationResult> PutAsync(string name, JsonElement body, Actor actor) => registrar.PutAsync(name, body, actor);

    public Task<(Refusal? Refusal, TestResult? Result)> TestAsync(string name, Actor actor) => control.TestAsync(name, actor);

    public Task<Refusal?> PauseAsync(string name, string reason, Actor actor) => control.PauseAsync(name, actor, reason);

    public Task<Refusal?> ResumeAsync(string name, Actor actor) => control.ResumeAsync(name, actor);

    public Task<Refusal?> PollAsync(string name, Actor actor) => control.PollAsync(name, actor);

    public Task<Refusal?> RetryAsync(string name, Actor actor) => control.RetryAsync(name, actor);

    public Task<Refusal?> SetPositionAsync(string name, string? position, string reason, Actor actor) =>
        control.SetPositionAsync(name, position, reason, actor);

    public Task<CodeMapResult> MapAsync(string name, CodeMapping mapping, Actor actor) => codes.MapAsync(name, mapping, actor);

    public Task<Refusal?> UnmapAsync(string name, CodeMapping mapping, Actor actor) => codes.UnmapAsync(name, mapping, actor);
}
