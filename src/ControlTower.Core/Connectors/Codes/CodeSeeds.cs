using System.Reflection;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Connectors.Codes;

/// <summary>
/// Reads the codes that a kind brings along: an embedded text file with one code a line,
/// <c>scheme,version,code,meaning</c>; what follows a <c>#</c> is a remark, and the file begins with the source of the
/// list.
/// </summary>
public static class CodeSeeds
{
    /// <param name="near">A type of the kind's folder: the resource is looked for in its assembly.</param>
    /// <param name="file">How the resource's name ends: <c>easypost-codes.csv</c>.</param>
    /// <exception cref="InvalidDataException">A line has not four parts.</exception>
    public static IReadOnlyList<CodeSeed> Read(Type near, string file)
    {
        var assembly = near.Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream(NameOf(assembly, file))!);
        var seeds = new List<CodeSeed>();
        while (reader.ReadLine() is { } line)
        {
            var text = line.Split('#')[0].Trim();
            if (text.Length > 0)
            {
                seeds.Add(Read(text, file));
            }
        }

        return seeds;
    }

    private static CodeSeed Read(string line, string file) => line.Split(',') is [var scheme, var version, var code, var meaning]
        ? new CodeSeed(scheme.Trim(), version.Trim(), code.Trim(), meaning.Trim())
        : throw new InvalidDataException($"{file}: the line \"{line}\" has not the four parts scheme,version,code,meaning.");

    private static string NameOf(Assembly assembly, string file) =>
        assembly.GetManifestResourceNames().Single(name => name.EndsWith($".{file}", StringComparison.Ordinal));
}
