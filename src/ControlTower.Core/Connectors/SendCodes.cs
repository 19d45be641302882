namespace ControlTower.Core.Connectors;

/// <summary>Codes of our own for attempts that brought no answer, or none that the contract knows.</summary>
public static class SendCodes
{
    public const string CircuitOpen = "CIRCUIT_OPEN";
    public const string LeaseOver = "LEASE_OVER";

    /// <summary>Taken, and given back to its line before anything was sent: its connector closed meanwhile, or this node stops.</summary>
    public const string HandedBack = "HANDED_BACK";
    public const string AddressRefused = "ADDRESS_REFUSED";
    public const string SignInRefused = "SIGN_IN_REFUSED";
    public const string NotReached = "NOT_REACHED";
    public const string Timeout = "TIMEOUT";
    public const string ConnectionLost = "CONNECTION_LOST";

    /// <summary>Not sent, because the target has not yet done itself what it does by itself. Nothing is wrong with it: the same is asked again as for anything not sent.</summary>
    public const string NotYet = "NOT_YET";

    public const string SenderLost = "SENDER_LOST";
}
