using System.Reflection;
using System.Xml.Linq;
using ControlTower.Testing;

namespace ControlTower.Core.Tests.Architecture;

/// <summary>Web → Integrations → Core, and the core without a network (docs/architecture.md, "Layers").</summary>
public class DependencyDirectionTests
{
    private static readonly string[] NetworkAndPages =
    [
        "System.Net.Http", "System.Net.HttpListener", "System.Net.WebSockets", "System.Net.Sockets",
        "Microsoft.Extensions.Http", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Components",
        "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.SignalR", "Microsoft.AspNetCore.Authentication", "MudBlazor", "Polly",
        "Quartz", "RabbitMQ",
    ];

    [Fact]
    public void The_core_references_no_project_of_the_product()
        => ProjectReferencesOf("ControlTower.Core").ShouldBeEmpty();

    [Fact]
    public void Integrations_reference_the_core_only()
        => ProjectReferencesOf("ControlTower.Integrations").ShouldBe(["ControlTower.Core"]);

    [Fact]
    public void The_web_references_integrations_and_core_only()
        => ProjectReferencesOf("ControlTower.Web").Order().ShouldBe(["ControlTower.Core", "ControlTower.Integrations"]);

    [Fact]
    public void The_core_has_no_network_and_no_pages()
    {
        var references = Assembly.Load("ControlTower.Core").GetReferencedAssemblies().Select(name => name.Name!);

        references.Where(IsNetworkOrPage).ShouldBeEmpty();
    }

    private static bool IsNetworkOrPage(string reference)
        => NetworkAndPages.Any(banned => reference == banned || reference.StartsWith(banned + ".", StringComparison.Ordinal));

    private static IEnumerable<string> ProjectReferencesOf(string project)
        => XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
}
