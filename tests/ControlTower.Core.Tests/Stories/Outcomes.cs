using System.Text;
using System.Text.Json;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Tests.Stories;

/// <summary>Outcomes of commands of a given content, whatever the rules want at that time.</summary>
internal static class Outcomes
{
    /// <param name="externalId">What it became at its target; null where the answer did not say.</param>
    /// <param name="system">The target; null where the answer did not tell whose number it is.</param>
    public static Story Accepted(
        this Story story, string kind, string part, string? externalId = null, object? content = null, int number = 1,
        string? system = "wms", string? tracking = null)
    {
        var references = tracking is null ? null : new Dictionary<string, string> { ["tracking"] = tracking };
        var command = Identify(kind, part, number, content, system);
        return story.Add(InternalEvents.CommandAccepted(command, externalId, references, StoryFacts.Hour(story.Hour)));
    }

    public static Story Rejected(this Story story, string kind, string part, int number = 1) => story.Add(
        InternalEvents.CommandRejected(Identify(kind, part, number, null, "wms"), "X", "no", StoryFacts.Hour(story.Hour)));

    public static Story Absent(this Story story, string kind, string part, int number = 1) => story.Add(
        InternalEvents.CommandAbsent(Identify(kind, part, number, null, "wms"), "never came", StoryFacts.Hour(story.Hour)));

    /// <summary>Lines of a command or a document, each as "number:quantity".</summary>
    public static object Lines(params string[] lines) => new { lines = lines.Select(Line).ToArray() };

    public static object Line(string text)
    {
        var parts = text.Split(':');
        return new { line = parts[0], quantity = decimal.Parse(parts[1]), order = parts.Length > 2 ? parts[2] : null };
    }

    private static CommandIdentity Identify(string kind, string part, int number, object? content, string? system)
    {
        var data = content is null ? "{}" : JsonSerializer.Serialize(content);
        return new CommandIdentity(
            Story.Key, CommandKeys.Key(CommandKeys.Series(kind, "SO-1", part), number), kind, "SO-1", part, number, "h", system!,
            Encoding.UTF8.GetBytes($$"""{"data":{{data}}}"""));
    }

    private static Story Add(this Story story, byte[] outcome)
    {
        story.Facts.Add(story.Say.Map("tower", outcome));
        return story;
    }
}
