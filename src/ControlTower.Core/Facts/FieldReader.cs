using System.Text.Json;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Facts;

/// <summary>
/// A place in a JSON document: reads what is there, and notes by its path what should be and is not. Null counts as
/// absent.
/// </summary>
public readonly partial struct FieldReader(JsonElement element, string path, IFieldErrors errors)
{
    public string Path => path;

    public bool IsPresent => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public JsonElement Element => element;

    public JsonValueKind Kind => element.ValueKind;

    public FieldReader this[string name]
    {
        get
        {
            var childPath = path.Length == 0 ? name : $"{path}.{name}";
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child)
                ? new FieldReader(child, childPath, errors)
                : new FieldReader(default, childPath, errors);
        }
    }

    public void AddError(MapRefusal refusal) => errors.Add(refusal);

    public void AddError(string message, string reasonCode = ReasonCodes.SchemaInvalid) =>
        errors.Add(new MapRefusal(reasonCode, path, message));

    /// <summary>An object that must be there.</summary>
    public FieldReader RequiredObject()
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            AddError(IsPresent ? $"{path} must be an object." : $"{path} is missing.");
        }

        return this;
    }

    /// <summary>The members of a list; none when it is absent, noted when it must be there.</summary>
    public List<FieldReader> Items(bool required)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var items = new List<FieldReader>(element.GetArrayLength());
            foreach (var item in element.EnumerateArray())
            {
                items.Add(new FieldReader(item, $"{path}[{items.Count}]", errors));
            }

            return items;
        }

        if (IsPresent || required)
        {
            AddError(IsPresent ? $"{path} must be a list." : $"{path} is missing.");
        }

        return [];
    }

    public bool Flag()
    {
        if (IsPresent && element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            AddError($"{path} must be true or false.");
        }

        return element.ValueKind == JsonValueKind.True;
    }
}
