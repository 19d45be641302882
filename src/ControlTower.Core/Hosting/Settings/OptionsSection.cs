using Microsoft.Extensions.Configuration;

namespace ControlTower.Core.Hosting.Settings;

/// <summary>
/// An options class and the section of the configuration that it is bound to. Its settings are the properties that anybody may set.
/// </summary>
/// <param name="name">The section's path; empty for the root.</param>
public sealed class OptionsSection(Type type, string name)
{
    public Type Type => type;

    public string Name => name;

    public IReadOnlyList<Setting> Settings { get; } =
    [
        .. type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }).Select(property => new Setting(name, property)),
    ];

    /// <summary>One sentence for each wrong value of the section.</summary>
    internal IEnumerable<string> FindErrors(IConfiguration configuration) =>
        Settings.SelectMany(setting => setting.FindErrors(configuration));

    /// <summary>
    /// Sets what is configured. A value that is not of its property's type is left out: the binder would end the start at the first one,
    /// and all are to be named at once.
    /// </summary>
    internal void Bind(IConfiguration configuration, object options)
    {
        var prefix = name.Length == 0 ? 0 : name.Length + 1;
        var values =
            from setting in Settings
            from value in setting.Configured(configuration)
            where setting.TryConvert(value.Text, out _)
            select KeyValuePair.Create(value.Key[prefix..], (string?)value.Text);
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().Bind(options);
    }
}
