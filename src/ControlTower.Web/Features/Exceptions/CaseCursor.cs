using System.Globalization;
using ControlTower.Web.Api;

namespace ControlTower.Web.Features.Exceptions;

/// <summary>A place in a list of cases: due or opened at, then id.</summary>
internal readonly record struct CaseCursor(DateTimeOffset At, long Id)
{
    public static string Write(DateTimeOffset at, long id) =>
        PageCursor.Write(at.UtcTicks.ToString(CultureInfo.InvariantCulture), id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Null for the first page.</summary>
    /// <exception cref="BadHttpRequestException">Not a cursor of this list: 422.</exception>
    public static CaseCursor? Read(string? cursor) => PageCursor.Read(cursor, 2) is not { } parts ? null
        : long.TryParse(parts[0], out var ticks) && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks && long.TryParse(parts[1], out var id)
            ? new CaseCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id)
            : throw new BadHttpRequestException("cursor: take it as next of the page before gave it, or leave it out.", StatusCodes.Status422UnprocessableEntity);
}
