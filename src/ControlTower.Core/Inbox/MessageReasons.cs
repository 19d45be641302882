namespace ControlTower.Core.Inbox;

/// <summary>Reason codes of cases about a message itself; the integration team owns them all.</summary>
internal static class MessageReasons
{
    public const string ContentConflict = "CONTENT_CONFLICT";
    public const string SchemaInvalid = "SCHEMA_INVALID";
    public const string ReferenceUnknown = "REFERENCE_UNKNOWN";
    public const string ReferenceAmbiguous = "REFERENCE_AMBIGUOUS";

    /// <summary>Hours of business time until such a case is due.</summary>
    public const int SlaHours = 24;
}
