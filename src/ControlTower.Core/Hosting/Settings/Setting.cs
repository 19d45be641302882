using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace ControlTower.Core.Hosting.Settings;

/// <summary>One property of an options class: its key in the configuration, and which values it may have.</summary>
public sealed class Setting
{
    private readonly IReadOnlyList<ValidationAttribute> _rules;

    internal Setting(string section, PropertyInfo property)
    {
        Property = property;
        Key = section.Length == 0 ? property.Name : $"{section}:{property.Name}";
        HasMany = property.PropertyType.IsGenericType && Nullable.GetUnderlyingType(property.PropertyType) is null;
        ValueType = HasMany
            ? property.PropertyType.GetGenericArguments()[^1]
            : Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        _rules = [.. property.GetCustomAttributes<ValidationAttribute>().Where(rule => rule is not RequiredAttribute)];
    }

    public PropertyInfo Property { get; }

    public string Key { get; }

    /// <summary>Whether the values lie below the key: a list, or a table by name.</summary>
    public bool HasMany { get; }

    /// <summary>The type of one value.</summary>
    public Type ValueType { get; }

    /// <summary>The values to choose from; empty where there are too many to name.</summary>
    public IReadOnlyList<string> Choices => ValueType.IsEnum ? Enum.GetNames(ValueType)
        : _rules.OfType<AllowedValuesAttribute>().SingleOrDefault() is { } named ? [.. named.Values.Select(value => $"{value}")]
        : [];

    public RangeAttribute? Range => _rules.OfType<RangeAttribute>().SingleOrDefault();

    /// <summary>What is configured, each with its key.</summary>
    internal IEnumerable<(string Key, string Text)> Configured(IConfiguration configuration) =>
        from section in HasMany ? configuration.GetSection(Key).GetChildren() : [configuration.GetSection(Key)]
        where section.Value is not null
        select (section.Path, section.Value);

    /// <summary>One sentence for each value that is missing or wrong.</summary>
    internal IEnumerable<string> FindErrors(IConfiguration configuration)
    {
        if (Property.GetCustomAttribute<RequiredAttribute>() is { } required && string.IsNullOrWhiteSpace(configuration[Key]))
        {
            yield return $"{Key}: {required.ErrorMessage}";
        }

        if (HasMany && configuration[Key] is { Length: > 0 } single)
        {
            yield return $"{Key}: '{single}' is one value where several can be; write it as {Key}:0.";
        }

        foreach (var (key, text) in Configured(configuration).Where(value => !IsAllowed(value.Text)))
        {
            yield return $"{key}: '{text}' is not {DescribeAllowed()}; set one, or leave it out for the default.";
        }
    }

    /// <summary>Whether the text is a value of the setting's type at all.</summary>
    internal bool TryConvert(string text, out object? value)
    {
        try
        {
            value = TypeDescriptor.GetConverter(ValueType).ConvertFromInvariantString(text);
            return !ValueType.IsEnum || Enum.IsDefined(ValueType, value!);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            value = null;
            return false;
        }
    }

    // An empty text is as good as none.
    private bool IsAllowed(string text) =>
        (text.Length == 0 && ValueType == typeof(string))
        || (TryConvert(text, out var value) && _rules.All(rule => rule.IsValid(value)));

    private string DescribeAllowed() =>
        Range is { } range ? string.Create(CultureInfo.InvariantCulture, $"a whole number from {range.Minimum} to {range.Maximum}")
        : ValueType == typeof(bool) ? "true or false"
        : $"one of {string.Join(", ", Choices)}";
}
