using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ControlTower.Analyzers;

/// <summary>The framework's types that compute a message authentication code.</summary>
internal sealed class MacTypes(Compilation compilation)
{
    private readonly INamedTypeSymbol? _keyed = compilation.GetTypeByMetadataName("System.Security.Cryptography.KeyedHashAlgorithm");
    private readonly INamedTypeSymbol? _incremental = compilation.GetTypeByMetadataName("System.Security.Cryptography.IncrementalHash");

    /// <summary>Whether the operation makes or asks one: <c>new HMACSHA256(…)</c>, <c>HMACSHA256.HashData(…)</c>,
    /// <c>IncrementalHash.CreateHMAC(…)</c>.</summary>
    public bool AreUsedBy(IOperation operation) => operation switch
    {
        IObjectCreationOperation creation => IsKeyed(creation.Type),
        IInvocationOperation call => IsKeyed(call.TargetMethod.ContainingType)
            || (call.TargetMethod.Name == "CreateHMAC"
                && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, _incremental)),
        _ => false,
    };

    private bool IsKeyed(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (_keyed is not null && SymbolEqualityComparer.Default.Equals(current, _keyed))
            {
                return true;
            }
        }

        return false;
    }
}
