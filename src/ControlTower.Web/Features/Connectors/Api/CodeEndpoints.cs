using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Web.Api;
using ControlTower.Web.Identity;

namespace ControlTower.Web.Features.Connectors;

/// <summary>The codes of a connector: what they mean, and which wait to be mapped.</summary>
internal static class CodeEndpoints
{
    public static async Task<IResult> ListAsync(string name, ConnectorQueries connectors, CodeMaps codes, CancellationToken cancellation) =>
        await connectors.FindAsync(name, cancellation) is null
            ? Problems.NotFound($"There is no connector {name}.")
            : TypedResults.Ok(new CodeList([.. (await codes.ListAsync(name, cancellation)).Select(CodeAnswer.From)]));

    public static async Task<IResult> UnmappedAsync(
        string name, ConnectorQueries connectors, UnmappedCodeQueue waiting, CancellationToken cancellation) =>
        await connectors.FindAsync(name, cancellation) is null
            ? Problems.NotFound($"There is no connector {name}.")
            : TypedResults.Ok(new WaitingList(await waiting.ListAsync(name, cancellation)));

    public static async Task<IResult> PutAsync(
        string name, CodeBody body, CodeMaps codes, ICurrentActor current, CancellationToken cancellation)
    {
        var result = await codes.MapAsync(name, body.ToMapping(), await current.GetAsync(), cancellation);
        return (IResult?)result.Refusal?.ToProblem() ?? TypedResults.Ok(new CodeMapped(result.Replayed));
    }

    public static async Task<IResult> DeleteAsync(
        string name, [AsParameters] CodeKey key, CodeMaps codes, ICurrentActor current, CancellationToken cancellation) =>
        (IResult?)(await codes.UnmapAsync(name,
            new CodeMapping(key.Scheme ?? "", key.Version ?? "", key.Code ?? "", "", key.ForKind ?? false), await current.GetAsync(),
            cancellation))?.ToProblem()
        ?? TypedResults.NoContent();
}

/// <param name="Version">* for all.</param>
/// <param name="Meaning">One of the list's meanings, or ignore.</param>
/// <param name="ForKind">For every connector of the kind.</param>
public sealed record CodeBody(string? Scheme, string? Version, string? Code, string? Meaning, bool ForKind = false)
{
    internal CodeMapping ToMapping() => new(Scheme ?? "", Version ?? "", Code ?? "", Meaning ?? "", ForKind);
}

/// <summary>Names a person's mapping.</summary>
public sealed record CodeKey(string? Scheme, string? Version, string? Code, bool? ForKind);

/// <param name="ForKind">It holds for every connector of the kind.</param>
/// <param name="Own">A person made it; else it came with the kind.</param>
public sealed record CodeAnswer(string Scheme, string Version, string Code, string Meaning, bool ForKind, bool Own)
{
    internal static CodeAnswer From(CodeEntry entry) =>
        new(entry.Scheme, entry.Version, entry.Code, entry.Meaning, entry.Connector is null, !entry.IsSeed);
}

public sealed record CodeList(IReadOnlyList<CodeAnswer> Items);

/// <summary>Codes that messages wait for, those with most first.</summary>
public sealed record WaitingList(IReadOnlyList<WaitingCode> Items);

/// <param name="Replayed">Messages that waited for it and are processed again.</param>
public sealed record CodeMapped(int Replayed);
