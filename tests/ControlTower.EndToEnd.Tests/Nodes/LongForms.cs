using System.Globalization;

namespace ControlTower.EndToEnd.Tests.Nodes;

/// <summary>Tests that take longer than two minutes run on request only.</summary>
internal static class LongForms
{
    public const string Why = "A long form: set CONTROLTOWER_LONG=1 to run it.";

    public static bool AreAsked => Environment.GetEnvironmentVariable("CONTROLTOWER_LONG") == "1";

    public static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
