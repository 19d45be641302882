using System.Collections;
using System.ComponentModel.DataAnnotations;

namespace ControlTower.Core.Hosting.Settings;

/// <summary>The range of every value of a table by name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeOfEachAttribute(int minimum, int maximum) : RangeAttribute(minimum, maximum)
{
    public override bool IsValid(object? value) =>
        value is IDictionary table ? table.Values.Cast<object>().All(base.IsValid) : base.IsValid(value);
}
