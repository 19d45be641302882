using ControlTower.Core.Connectors;

namespace ControlTower.Integrations.Http;

/// <summary>Why a page of a vendor's API could not be read, as a poll reports it.</summary>
internal static class PageError
{
    public static PollResult From(ApiAnswer answer, string vendor) => answer switch
    {
        { Lost: { } lost } => new PollResult([], null, lost.Detail),
        { Status: 401 or 403 } => new PollResult([], null, $"{vendor} answered {answer.Status}: it refuses the API key.",
            Unauthorised: true),
        { IsOk: true } => new PollResult([], null, $"{vendor}'s page is not the list that its API describes."),
        { Status: >= 200 and < 300 } => new PollResult(
            [], null, $"{vendor} answered {answer.Status} with a body that is not JSON or broke off."),
        _ => new PollResult([], null, $"{vendor} answered {answer.Status} to the poll.", RetryAfter: answer.RetryAfter),
    };
}
