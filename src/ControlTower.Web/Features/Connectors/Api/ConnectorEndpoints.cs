using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Registering;
using ControlTower.Core.Kernel;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;

namespace ControlTower.Web.Features.Connectors;

/// <summary>The endpoints of <c>/api/v1/connectors</c>.</summary>
internal static class ConnectorEndpoints
{
    public static async Task<IResult> ListAsync([AsParameters] PageQuery page, ConnectorQueries queries, CancellationToken cancellation) =>
        TypedResults.Ok(await queries.ListAsync(page, cancellation));

    /// <summary>What can be registered, and what each kind needs for it.</summary>
    public static IResult Kinds(ConnectorKinds kinds) =>
        TypedResults.Ok(new ConnectorKindList([.. kinds.Infos.Select(info =>
            new ConnectorKindAnswer(info, [.. (kinds.TranslatorOf(info.Kind)?.Reads ?? []).Order(StringComparer.Ordinal)]))]));

    public static async Task<IResult> GetAsync(string name, ConnectorQueries queries, CancellationToken cancellation) =>
        await queries.FindAsync(name, cancellation) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound($"There is no connector {name}.");

    public static async Task<IResult> PutAsync(
        string name, HttpRequest request, ConnectorRegistrar registrar, ConnectorQueries queries, ICurrentActor current,
        CancellationToken cancellation)
    {
        using var body = await JsonBody.ReadAsync(request, cancellation);
        if (body is null)
        {
            return Problems.From(StatusCodes.Status400BadRequest, "The body is not JSON.", "bad-request");
        }

        var result = await registrar.PutAsync(name, body.RootElement, await current.GetAsync(), cancellation);
        if (result.Refusal is { } refusal)
        {
            return refusal.ToProblem();
        }

        if (result.Errors is { } errors)
        {
            return Invalid(errors);
        }

        var answer = await queries.FindAsync(name, cancellation);
        return result.Created ? TypedResults.Created($"{ApiRegistration.Prefix}/connectors/{name}", answer) : TypedResults.Ok(answer);
    }

    public static async Task<IResult> PauseAsync(
        string name, HttpRequest request, ConnectorControl control, ConnectorQueries queries, ICurrentActor current,
        CancellationToken cancellation)
    {
        using var body = await JsonBody.ReadAsync(request, cancellation);
        var reason = body?.RootElement is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty("reason", out var text)
            && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
        return await AnswerAsync(
            name, await control.PauseAsync(name, await current.GetAsync(), reason, cancellation), queries, cancellation);
    }

    public static async Task<IResult> ResumeAsync(
        string name, ConnectorControl control, ConnectorQueries queries, ICurrentActor current, CancellationToken cancellation) =>
        await AnswerAsync(name, await control.ResumeAsync(name, await current.GetAsync(), cancellation), queries, cancellation);

    public static async Task<IResult> PollAsync(
        string name, ConnectorControl control, ConnectorQueries queries, ICurrentActor current, CancellationToken cancellation) =>
        await AnswerAsync(name, await control.PollAsync(name, await current.GetAsync(), cancellation), queries, cancellation);

    public static async Task<IResult> TestAsync(
        string name, ConnectorControl control, ICurrentActor current, CancellationToken cancellation)
    {
        var (refusal, result) = await control.TestAsync(name, await current.GetAsync(), cancellation);
        return (IResult?)refusal?.ToProblem() ?? TypedResults.Ok(result);
    }

    public static async Task<IResult> SetPositionAsync(
        string name, PositionBody body, ConnectorControl control, ConnectorQueries queries, ICurrentActor current,
        CancellationToken cancellation) =>
        await AnswerAsync(name, await control.SetPositionAsync(name, body.Position, body.Reason, await current.GetAsync(), cancellation),
            queries, cancellation);

    internal static IResult Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        TypedResults.Problem(new HttpValidationProblemDetails(errors.ToDictionary())
    {
        Status = StatusCodes.Status422UnprocessableEntity,
        Detail = errors.Count == 1 ? "One field is wrong." : $"{errors.Count} fields are wrong.",
        Extensions = { ["code"] = "invalid" },
    });

    private static async Task<IResult> AnswerAsync(
        string name, Refusal? refusal, ConnectorQueries queries, CancellationToken cancellation) =>
        refusal?.ToProblem() ?? await GetAsync(name, queries, cancellation);
}

/// <summary>The kinds of connectors that this tower ships.</summary>
public sealed record ConnectorKindList(IReadOnlyList<ConnectorKindAnswer> Items);

/// <param name="Reads">
/// The vendor's event types that it reads, with their versions; empty for a kind that uses the open connector's.
/// </param>
public sealed record ConnectorKindAnswer(ConnectorKindInfo About, IReadOnlyList<string> Reads);

/// <param name="Position">From where to poll next; null: from the beginning.</param>
/// <param name="Reason">Why; it is kept in the audit.</param>
public sealed record PositionBody(string? Position, string? Reason);
