using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;

namespace ControlTower.Core.Cases;

/// <summary>New cases: team and time to resolve follow from the reason.</summary>
internal static class CaseFactory
{
    /// <summary>A case that opens now.</summary>
    /// <param name="message">Cut to the length of one sentence.</param>
    public static ExceptionCase CreateCase(this TowerClocks clocks, string key, CaseOrigin origin, string reasonCode, string message) =>
        Create(key, origin, reasonCode, message, clocks.BusinessNow, clocks.SystemNow);

    public static ExceptionCase Create(
        string key, CaseOrigin origin, string reasonCode, string message, DateTimeOffset businessNow, DateTimeOffset systemNow) => new()
    {
        CaseKey = key,
        Origin = origin,
        ReasonCode = reasonCode,
        Team = ReasonCodes.Find(reasonCode).Team,
        Message = message.CutTo(Lengths.Sentence),
        OpenedAt = businessNow,
        DueAt = businessNow.AddHours(ReasonCodes.Find(reasonCode).SlaHours),
        UpdatedAt = systemNow,
    };
}
