using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Facts;

/// <summary>Looks up the codes of one connector.</summary>
public readonly struct CodeLookup(CodeMap map, string kind, string connector)
{
    /// <summary>The meaning of the code, or null when it is not mapped.</summary>
    public string? Find(string scheme, string version, string code) => map.Find(kind, connector, scheme, version, code);

    /// <summary>
    /// The meaning of the field's code; an unmapped code is noted as CODE_UNMAPPED and returns null, and so does a
    /// missing one as SCHEMA_INVALID.
    /// </summary>
    public string? Require(string scheme, string version, FieldReader field)
    {
        var code = field.RequiredText();
        if (code.Length == 0)
        {
            return null;
        }

        var meaning = Find(scheme, version, code);
        if (meaning is null)
        {
            field.AddError(Refuse(scheme, version, code, field.Path));
        }

        return meaning;
    }

    /// <summary>The refusal that names scheme, version and code, so that it can be mapped with one action.</summary>
    public static MapRefusal Refuse(string scheme, string version, string code, string field) =>
        new(ReasonCodes.CodeUnmapped, field, $"Nobody has mapped the code {code} of {scheme}, version {version}.")
            { Code = new UnmappedCode(scheme, version, code) };
}

/// <summary>The codes of one connector, taken from all codes.</summary>
public static class CodeLookups
{
    public static CodeLookup For(this CodeMap map, ConnectorProfile connector) => new(map, connector.Kind, connector.Name);
}
