using System.Reflection;
using ControlTower.Core;
using ControlTower.Core.Hosting.Settings;
using ControlTower.Integrations;
using ControlTower.Web.Hosting;

namespace ControlTower.Web.Tests.Hosting;

/// <summary>Every class of options in the product: it names its section in a constant.</summary>
internal static class OptionsClasses
{
    private static readonly Assembly[] Assemblies =
        [typeof(CoreRegistration).Assembly, typeof(IntegrationsRegistration).Assembly, typeof(TowerHost).Assembly];

    public static IReadOnlyList<OptionsSection> All { get; } =
    [
        .. (from type in Assemblies.SelectMany(assembly => assembly.GetTypes())
            where type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is { IsLiteral: true }
            select new OptionsSection(type, (string)type.GetField("Section")!.GetRawConstantValue()!))
            .OrderBy(section => section.Name, StringComparer.Ordinal),
    ];

    public static IEnumerable<(Setting Setting, object? Default)> Settings =>
        from section in All
        let defaults = Activator.CreateInstance(section.Type)
        from setting in section.Settings
        select (setting, setting.Property.GetValue(defaults));
}
