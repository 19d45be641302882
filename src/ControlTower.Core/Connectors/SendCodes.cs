namespace ControlTower.Core.Connectors;

/// <summary>Codes of our own for attempts without a response, or with one that the contract does not define.</summary>
public static class SendCodes
{
    public const string CircuitOpen = "CIRCUIT_OPEN";
    public const string LeaseOver = "LEASE_OVER";

    /// <summary>
    /// Claimed, and returned to its queue before anything was sent: its connector closed meanwhile, or this node stops.
    /// </summary>
    public const string HandedBack = "HANDED_BACK";
    public const string AddressRefused = "ADDRESS_REFUSED";
    public const string SignInRefused = "SIGN_IN_REFUSED";
    public const string NotReached = "NOT_REACHED";
    public const string Timeout = "TIMEOUT";
    public const string ConnectionLost = "CONNECTION_LOST";

    /// <summary>
    /// Not sent, because the target has not yet done by itself a step that must come first. Nothing is wrong with it:
    /// it is retried like any command that was not sent.
    /// </summary>
    public const string NotYet = "NOT_YET";

    public const string SenderLost = "SENDER_LOST";
}
