using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Kernel;

namespace ControlTower.Web.Features.Connectors.Detail;

/// <summary>What the pages of one connector read and do. Rights are checked where each action is done.</summary>
public interface IConnectorDesk
{
    /// <summary>What can be registered.</summary>
    IReadOnlyList<ConnectorKindInfo> Kinds { get; }

    /// <summary>Null when there is no such connector.</summary>
    Task<ConnectorDetail?> FindAsync(string name, Actor actor, CancellationToken cancellation = default);

    /// <summary>Its last 24 hours.</summary>
    Task<ConnectorHours> HoursAsync(string name, CancellationToken cancellation = default);

    Task<RegistrationResult> PutAsync(string name, JsonElement body, Actor actor);

    Task<(Refusal? Refusal, TestResult? Result)> TestAsync(string name, Actor actor);

    Task<Refusal?> PauseAsync(string name, string reason, Actor actor);

    Task<Refusal?> ResumeAsync(string name, Actor actor);

    Task<Refusal?> PollAsync(string name, Actor actor);

    Task<Refusal?> RetryAsync(string name, Actor actor);

    Task<Refusal?> SetPositionAsync(string name, string? position, string reason, Actor actor);

    Task<CodeMapResult> MapAsync(string name, CodeMapping mapping, Actor actor);

    Task<Refusal?> UnmapAsync(string name, CodeMapping mapping, Actor actor);
}
