using System.ComponentModel.DataAnnotations;

namespace ControlTower.Core.Persistence;

/// <summary>Section <c>ConnectionStrings</c>.</summary>
public sealed record ConnectionOptions
{
    public const string Section = "ConnectionStrings";

    /// <summary>The tower's database; required.</summary>
    [Required(ErrorMessage =
        "nothing is set; give the connection string of the tower's database, or use ./run, which brings its own.")]
    public string ControlTower { get; init; } = "";
}
