using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace ControlTower.Web.Tests;

/// <summary>bunit loads AngleSharp.Diffing by name; with a partial feed it is found where eng/PartialFeed.targets says.</summary>
internal static class AssemblyLoading
{
    [ModuleInitializer]
    internal static void ResolveDiffing()
    {
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            Find(name.Name) is { } path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }

    private static string? Find(string? name) => typeof(AssemblyLoading).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => metadata.Key == name)?.Value;
}
