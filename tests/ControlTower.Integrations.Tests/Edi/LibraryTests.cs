using ControlTower.Testing;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>Reader and writer are a library in their own right: they know neither the tower nor what it does with a document.</summary>
public class LibraryTests
{
    [Theory]
    [InlineData("X12")]
    [InlineData("Edifact")]
    public void Reader_and_writer_know_nothing_of_the_tower(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "src", "ControlTower.Integrations", "Edi", folder), "*.cs");
        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            text.ShouldNotContain("ControlTower.Core", customMessage: file);
            text.ShouldNotContain("ControlTower.Integrations.Http", customMessage: file);
        }
    }
}
