using System.Text.Json;

namespace ControlTower.Sandbox.Wire;

/// <summary>A system's answer to a command.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The JSON body; a problem when the status is 400 or more.</param>
internal sealed record Answer(int Status, JsonElement Body)
{
    public bool Refused => Status >= 400;

    public static Answer Accepted(string? externalId, References? references = null) => new(
        200, JsonSerializer.SerializeToElement(new { externalId, references }, Json.Options));

    /// <summary>Rejected with no effect. <paramref name="code"/> is a reason code that the tower knows.</summary>
    public static Answer Rejected(string code, string title, string detail, int status = 422) => new(
        status, JsonSerializer.SerializeToElement(new { type = "about:blank", status, code, title, detail }, Json.Options));
}
