using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace ControlTower.Core.Tests.Architecture;

/// <summary>Every arrow between the folders of Core, read from the compiled assembly.</summary>
public sealed class LayerTests
{
    private const string Root = "ControlTower.Core.";

    /// <summary>
    /// Namespaces that pure folders must not use: database, dependency injection, hosting, logging, files and networks.
    /// </summary>
    private static readonly string[] Impure =
    [
        "Microsoft.EntityFrameworkCore", "Npgsql", "Microsoft.Data", "System.Data", "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging", "Microsoft.Extensions.Configuration", "Microsoft.AspNetCore",
        "System.Net", "System.IO.File", "System.IO.Directory", "System.IO.Path",
    ];

    private static readonly Lazy<IReadOnlyList<(string From, string To, bool IsOurs)>> Uses = new(Read);

    public static TheoryData<string> Folders => [.. Layers.Folders];

    public static TheoryData<string> PureFolders => [.. Layers.Pure];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_the_layers_below_it(string folder) =>
        Uses.Value.Where(use => use.IsOurs && FolderOf(use.From) == folder && !Layers.MayUse(folder, FolderOf(use.To)))
            .Select(use => $"{use.From} uses {use.To}").Distinct().ShouldBeEmpty();

    [Fact]
    public void Every_folder_of_the_core_has_a_row() =>
        Uses.Value.Select(use => FolderOf(use.From)).Distinct().Except(Layers.Folders).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(PureFolders))]
    public void A_pure_folder_has_no_database_and_no_input_or_output(string folder) =>
        Uses.Value.Where(use => !use.IsOurs && FolderOf(use.From) == folder && IsImpure(use.To))
            .Select(use => $"{use.From} uses {use.To}").Distinct().ShouldBeEmpty();

    [Theory]
    [InlineData("Kernel", "Facts")]
    [InlineData("Facts", "Policies")]
    [InlineData("Policies", "Facts")]
    [InlineData("Processes", "Decisions")]
    [InlineData("Decisions", "Persistence")]
    [InlineData("Persistence", "Audit")]
    [InlineData("Audit", "Cases")]
    [InlineData("Cases", "Inbox")]
    [InlineData("Inbox", "Connectors")]
    [InlineData("Connectors", "Engine")]
    [InlineData("Engine", "Outbox")]
    [InlineData("Outbox", "Approvals")]
    [InlineData("Approvals", "Replay")]
    [InlineData("Housekeeping", "Publishing")]
    public void An_arrow_against_the_layers_is_refused(string from, string to) => Layers.MayUse(from, to).ShouldBeFalse();

    private static bool IsImpure(string type) => Impure.Any(banned =>
        type.Equals(banned, StringComparison.Ordinal) || type.StartsWith(banned + ".", StringComparison.Ordinal));

    /// <summary>
    /// Types of the root namespace compose the layers: they have no row, and nothing below may use them.
    /// </summary>
    private static IReadOnlyList<(string From, string To, bool IsOurs)> Read()
    {
        var core = new ArchLoader().LoadAssemblies(typeof(CoreRegistration).Assembly).Build();
        return
        [
            .. from type in core.Types
               where type.FullName.StartsWith(Root, StringComparison.Ordinal) && FolderOf(type.FullName).Length > 0
               from target in type.Dependencies.Select(dependency => dependency.Target.FullName).Distinct()
               where !target.StartsWith("System.Runtime.CompilerServices", StringComparison.Ordinal)
               select (type.FullName, target, target.StartsWith(Root, StringComparison.Ordinal)),
        ];
    }

    private static string FolderOf(string type) => type[Root.Length..].Split('.') is { Length: > 1 } parts ? parts[0] : "";
}
