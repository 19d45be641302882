using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ControlTower.Analyzers;

/// <summary>A comparison of two texts or byte sequences that are both unknown when the code is compiled.</summary>
internal sealed class Comparison
{
    /// <summary>Methods that compare contents, on whatever type they stand.</summary>
    private static readonly HashSet<string> Methods =
    [
        "Equals", "SequenceEqual", "SequenceCompareTo", "CompareTo", "Compare", "CompareOrdinal", "StartsWith", "EndsWith", "Contains",
        "IndexOf", "LastIndexOf",
        "CommonPrefixLength",
    ];

    private readonly IReadOnlyList<IOperation> _operands;

    private Comparison(Location location, string words, IReadOnlyList<IOperation> operands)
    {
        Location = location;
        Words = words;
        _operands = operands;
    }

    public Location Location { get; }

    public string Words { get; }

    /// <summary>Whether one of the two is called a signature, MAC, secret, password or API key.</summary>
    public bool NamesSecret => _operands.Any(operand => SecretNames.Has(NameOf(operand)));

    public static Comparison? Of(IOperation operation) => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary =>
            Between(operation, "The operator", [binary.LeftOperand, binary.RightOperand]),
        IInvocationOperation call when Methods.Contains(call.TargetMethod.Name) =>
            Between(operation, call.TargetMethod.Name, Operands(call)),
        _ => null,
    };

    private static Comparison? Between(IOperation operation, string words, IReadOnlyList<IOperation> operands) =>
        operands.Where(operand => IsContent(Bare(operand).Type)).Take(2).ToList() is { Count: 2 } both && both.All(IsUnknown)
            ? new Comparison(operation.Syntax.GetLocation(), words, both)
            : null;

    /// <summary>Receiver and arguments; what is neither text nor bytes (a comparer, an option) is left out later.</summary>
    private static List<IOperation> Operands(IInvocationOperation call)
    {
        var operands = new List<IOperation>();
        if (call.Instance is { } receiver)
        {
            operands.Add(receiver);
        }

        operands.AddRange(call.Arguments.Select(argument => argument.Value));
        return operands;
    }

    private static bool IsUnknown(IOperation operand)
    {
        var bare = Bare(operand);
        return !bare.ConstantValue.HasValue && bare is not (IDefaultValueOperation or IUtf8StringOperation);
    }

    /// <summary>Text, bytes, characters, and sequences of them.</summary>
    private static bool IsContent(ITypeSymbol? type) => type switch
    {
        { SpecialType: SpecialType.System_String or SpecialType.System_Byte or SpecialType.System_Char } => true,
        IArrayTypeSymbol array => IsContent(array.ElementType),
        INamedTypeSymbol { TypeArguments: [var item] } => IsContent(item),
        _ => false,
    };

    private static IOperation Bare(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    private static string? NameOf(IOperation operation) => Bare(operation) switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IMemberReferenceOperation member => member.Member.Name,
        IInvocationOperation call => call.TargetMethod.Name,
        _ => null,
    };
}
