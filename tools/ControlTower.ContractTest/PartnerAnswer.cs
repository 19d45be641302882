using System.Text.Json;

namespace ControlTower.ContractTest;

/// <summary>The answer of the endpoint.</summary>
internal sealed record PartnerAnswer(int Status, string? ContentType, byte[] Body)
{
    public bool IsAccepted => Status is 200 or 201 or 202 or 409;

    public bool IsRefused => Status is 400 or 404 or 422;

    public JsonElement? Json
    {
        get
        {
            try
            {
                using var document = JsonDocument.Parse(Body);
                return document.RootElement.Clone();
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    public string? Text(string name) =>
        Json is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
