using ControlTower.Testing;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>
/// Reader and writer are a separate library: they reference neither the tower nor the use of a document.
/// </summary>
public class LibraryTests
{
    [Theory]
    [InlineData("X12")]
    [InlineData("Edifact")]
    public void Reader_and_writer_do_not_reference_the_tower(string folder)
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
