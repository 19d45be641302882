namespace ControlTower.Web.Hosting;

/// <summary>Section <c>Clock</c>.</summary>
internal sealed record ClockOptions
{
    public const string Section = "Clock";

    /// <summary>
    /// File that defines where business time starts and how fast it runs; without it business time is system time. For
    /// the sandbox, never for production.
    /// </summary>
    public string? File { get; init; }

    internal IEnumerable<string> FindErrors()
    {
        if (File is { Length: > 0 } file && BusinessClock.FindError(file) is { } error)
        {
            yield return $"{Section}:File: {error}; correct the file, or leave the key out to run on system time.";
        }
    }
}
