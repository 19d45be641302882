using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Testing;

namespace ControlTower.Integrations.Tests.Contract;

public class PublishedSchemaTests
{
    [Fact]
    public void Every_fact_that_a_registered_system_may_send_has_its_schema_published()
    {
        foreach (var milestone in Milestones.All.Where(milestone => Milestones.OwnersOf(milestone).Any(Roles.Registrable.Contains)))
        {
            var file = Path.Combine(Repository.Root, "docs", "open-connector", "schemas", $"tower.{milestone}.v1.json");

            File.Exists(file).ShouldBeTrue(file);
            using var schema = JsonDocument.Parse(File.ReadAllText(file));
            schema.RootElement.TryGetProperty("$schema", out _).ShouldBeTrue(file);
        }
    }
}
