using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton.Commands;

/// <summary>
/// One attempt of one command: its calls of Tryton, and whether a call that changes something may have had its effect.
/// </summary>
internal sealed class CommandRun(TrytonClient client, TrytonSettings settings, Func<bool>? mayWrite, CancellationToken cancellation)
{
    private const int MostWarnings = 5;

    /// <summary>A call that changes something had its effect, or may have had it.</summary>
    public bool Acted { get; private set; }

    /// <summary>The running call, or the one that failed, changes something.</summary>
    public bool IsActing { get; private set; }

    public TrytonSettings Settings => settings;

    public DateTimeOffset Now => client.Now;

    public Task<IReadOnlyList<JsonElement>> ReadAsync(string model, IReadOnlyCollection<long> ids, params string[] fields) =>
        client.ReadAsync(model, ids, cancellation, fields);

    public Task<IReadOnlyList<JsonElement>> SearchAsync(string model, JsonArray domain, int limit, params string[] fields) =>
        client.SearchAsync(model, domain, limit, fields, null, cancellation);

    /// <summary>Has Tryton compute something; changes nothing.</summary>
    public Task<JsonElement> QueryAsync(string method, JsonArray parameters) => client.CallAsync(method, parameters, cancellation);

    /// <summary>
    /// Calls a method that changes something. A warning whose name the settings accept is answered with yes and the
    /// call repeated.
    /// </summary>
    public async Task<JsonElement> ActAsync(string method, JsonArray parameters)
    {
        for (var warnings = 0; ; warnings++)
        {
            try
            {
                return await WriteAsync(method, parameters);
            }
            catch (RpcException refused) when (refused.Error is { Kind: RpcErrorKind.Warning, Warning: { } name }
                && warnings < MostWarnings && IsAccepted(name))
            {
                var yes = new JsonObject { ["name"] = name, ["user"] = client.UserId, ["always"] = false };
                await client.CallAsync("model.res.user.warning.create", [new JsonArray(yes)], cancellation);
            }
        }
    }

    private bool IsAccepted(
        string warning) => settings.AcceptWarnings.Any(accepted => warning.StartsWith(accepted, StringComparison.Ordinal));

    private async Task<JsonElement> WriteAsync(string method, JsonArray parameters)
    {
        var started = false;
        IsActing = true;
        try
        {
            var result = await client.CallAsync(method, (JsonArray)parameters.DeepClone(), cancellation, mayWrite, () => started = true);
            (Acted, IsActing) = (true, false);
            return result;
        }
        catch (RpcException failed) when (failed.Error.Kind is RpcErrorKind.Lost && started)
        {
            Acted = true;
            throw;
        }
    }
}
