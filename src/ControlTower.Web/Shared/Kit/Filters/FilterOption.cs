using ControlTower.Web.Api;

namespace ControlTower.Web.Shared.Kit.Filters;

/// <summary>A choice of a filter.</summary>
/// <param name="Value">As the address has it.</param>
public sealed record FilterOption(string Value, string Text)
{
    /// <summary>Every value, by its name in addresses.</summary>
    public static IReadOnlyList<FilterOption> All<TEnum>(Func<TEnum, string> text)
        where TEnum : struct, Enum => For(text, Enum.GetValues<TEnum>());

    public static IReadOnlyList<FilterOption> For<TEnum>(Func<TEnum, string> text, IEnumerable<TEnum> values)
        where TEnum : struct, Enum => [.. values.Select(value => new FilterOption(ChoiceText.For(value), text(value)))];

    public static IReadOnlyList<FilterOption> Plain(IEnumerable<string> values) =>
        [.. values.Select(value => new FilterOption(value, value))];
}
