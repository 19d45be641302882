namespace ControlTower.Web.Shared.Kit.Charts;

/// <summary>A category of a histogram, and the list of what is counted in it.</summary>
/// <param name="Name">The category: "1–4 h".</param>
/// <param name="Count">Height of the bar.</param>
/// <param name="Note">What else is known of it: money, by currency.</param>
/// <param name="Href">Address of the list.</param>
/// <param name="IsCurrent">That list is what the page shows.</param>
public sealed record HistogramBar(string Name, int Count, string? Note, string Href, bool IsCurrent = false);
