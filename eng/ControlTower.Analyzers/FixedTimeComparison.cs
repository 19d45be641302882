using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ControlTower.Analyzers;

/// <summary>
/// CT0001: signatures and secrets are compared by <c>CryptographicOperations.FixedTimeEquals</c> and nothing else, for
/// an ordinary comparison ends at the first difference and tells by its duration where that was. Two texts or byte
/// sequences that are both unknown when the code is compiled may not be compared
/// otherwise (1) in a type that computes a message authentication code, whatever they are called; (2) anywhere, when
/// one is called a signature, MAC or secret.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FixedTimeComparison : DiagnosticAnalyzer
{
    public const string Id = "CT0001";

    private static readonly DiagnosticDescriptor Rule = new(
        Id,
        "Compare signatures and secrets in fixed time",
        "{0} compares a signature or a secret in a time that tells where it differs; use CryptographicOperations.FixedTimeEquals",
        "Security",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var macs = new MacTypes(start.Compilation);
            start.RegisterSymbolStartAction(type => Watch(type, macs), SymbolKind.NamedType);
        });
    }

    private static void Watch(SymbolStartAnalysisContext type, MacTypes macs)
    {
        var comparisons = new ConcurrentBag<Comparison>();
        var computesMac = 0;
        type.RegisterOperationAction(
            context =>
            {
                if (macs.AreUsedBy(context.Operation))
                {
                    Interlocked.Exchange(ref computesMac, 1);
                }

                if (Comparison.Of(context.Operation) is { } comparison)
                {
                    comparisons.Add(comparison);
                }
            },
            OperationKind.Binary,
            OperationKind.Invocation,
            OperationKind.ObjectCreation);
        type.RegisterSymbolEndAction(context =>
        {
            foreach (var comparison in comparisons)
            {
                if (Volatile.Read(ref computesMac) == 1 || comparison.NamesSecret)
                {
                    context.ReportDiagnostic(Diagnostic.Create(Rule, comparison.Location, comparison.Words));
                }
            }
        });
    }
}
