using Microsoft.AspNetCore.Mvc;

namespace ControlTower.Web.Api;

/// <summary>
/// The paging part of a list's query: take it as <c>[AsParameters] PageQuery page</c>. A limit out of its range is
/// refused before the endpoint runs.
/// </summary>
/// <param name="Limit">1 to 500; 50 without it.</param>
/// <param name="Cursor">As <c>next</c> of the page before gave it.</param>
public sealed record PageQuery([property: FromQuery(Name = "limit")] int? Limit, [property: FromQuery(Name = "cursor")] string? Cursor)
{
    public const int Default = 50;
    public const int Most = 500;

    public int Size => Limit ?? Default;

    internal bool IsInRange => Limit is null or (>= 1 and <= Most);
}
