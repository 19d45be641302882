using ControlTower.Core.Connectors.Receiving;

namespace ControlTower.Web.Features.Inbound;

/// <summary>
/// One of the two addresses at which connectors receive, with the words and numbers of its answers: senders rely on
/// them.
/// </summary>
/// <param name="NotVerified">Detail of 401.</param>
/// <param name="TooLarge">Detail of 413.</param>
/// <param name="UnreadableCode">Type of 422.</param>
/// <param name="StoredStatus">Status once the events are committed.</param>
internal sealed record InboundAddress(InboundRoute Route, string NotVerified, string TooLarge, string UnreadableCode, int StoredStatus)
{
    public const int LargestBytes = 4 * 1024 * 1024;

    public static InboundAddress Facts { get; } = new(
        InboundRoute.Facts,
        "The connector is unknown, the signature does not verify, or the timestamp is more than 5 minutes off.",
        $"The body is over {LargestBytes} bytes; send smaller batches.",
        "not-cloudevents",
        StatusCodes.Status202Accepted);

    /// <summary>
    /// A vendor that gets another response than 200, or none, sends again, and what was stored then is a duplicate.
    /// </summary>
    public static InboundAddress Webhooks { get; } = new(
        InboundRoute.Webhooks,
        "The connector is unknown or takes no webhooks, or the signature does not verify.",
        $"The body is over {LargestBytes} bytes.",
        "not-readable",
        StatusCodes.Status200OK);
}
