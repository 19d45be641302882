using ControlTower.Core.Kernel;

namespace ControlTower.Core.Facts;

/// <summary>Where a <see cref="FieldReader"/> notes what is wrong.</summary>
public interface IFieldErrors
{
    void Add(MapRefusal refusal);
}

/// <summary>Collects the first thing that is wrong with an event.</summary>
public sealed class MappingErrors : IFieldErrors
{
    public MapRefusal? First { get; private set; }

    public void Add(string field, string message, string reasonCode = ReasonCodes.SchemaInvalid) =>
        Add(new MapRefusal(reasonCode, field, message));

    public void Add(MapRefusal refusal) => First ??= refusal;
}
