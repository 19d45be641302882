namespace ControlTower.Core.Connectors.Kinds;

/// <summary>
/// A kind of connector describes itself: for the form that registers one, for the check of what was entered, and for
/// readers of the API.
/// </summary>
public sealed record ConnectorKindInfo
{
    /// <summary>The <c>kind</c> of registering.</summary>
    public required string Kind { get; init; }

    /// <summary>Its display name: <c>EasyPost</c>.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences: what it connects, and what it needs on the other side.</summary>
    public required string About { get; init; }

    /// <summary>
    /// What it was verified against: <c>verified against Tryton 6.0</c>, <c>verified against recorded bodies only</c>.
    /// </summary>
    public required string Verified { get; init; }

    /// <summary>The roles it can play.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Whether it is reached under a base URL (http or https); false for folders and brokers, whose address
    /// is a setting.</summary>
    public bool HasBaseUrl { get; init; } = true;

    /// <summary>What the base URL is, with an example.</summary>
    public string? BaseUrlHelp { get; init; }

    /// <summary>Whether it signs by the open connector's <c>inboundSecret</c> and <c>outboundSecret</c>; other kinds
    /// have credentials.</summary>
    public bool Signs { get; init; }

    /// <summary>Whether it can be polled.</summary>
    public bool Polls { get; init; }

    /// <summary>Whether it takes in <c>POST /api/v1/webhooks/{connector}</c>.</summary>
    public bool Webhooks { get; init; }

    /// <summary>Whether its facts come over a connection that the tower keeps open; pausing ends it.</summary>
    public bool Streams { get; init; }

    /// <summary>Whether commands can be sent to it.</summary>
    public bool Sends { get; init; }

    /// <summary>What happens when the outcome is unknown, unless the channel decides otherwise for a command.</summary>
    public UnknownOutcomePolicy UnknownOutcome { get; init; } = UnknownOutcomePolicy.Never;

    public IReadOnlyList<SettingInfo> Settings { get; init; } = [];

    public IReadOnlyList<CredentialInfo> Credentials { get; init; } = [];

    /// <summary>The lists of codes that its translator looks up.</summary>
    public IReadOnlyList<CodeSchemeInfo> Schemes { get; init; } = [];
}

/// <param name="Name">The member of <c>settings</c>.</param>
/// <param name="Label">For the form.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Choices">For <see cref="SettingType.Choice"/>.</param>
/// <param name="Default">What applies when it is left out, as a sentence or as a value.</param>
public sealed record SettingInfo(
    string Name, string Label, SettingType Type, bool Required = false, string? Help = null, IReadOnlyList<string>? Choices = null,
    string? Default = null);

public enum SettingType
{
    Text,

    /// <summary>A whole number.</summary>
    Whole,
    Flag,

    /// <summary>One of <see cref="SettingInfo.Choices"/>.</summary>
    Choice,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>An object whose members are texts: a site's code there to the site's code here.</summary>
    Map,

    /// <summary>Any JSON; the kind's own <see cref="IConnectorKind.FindErrors"/> checks what is inside.</summary>
    Json,
}

/// <param name="Name">The member of <c>credentials</c>.</param>
/// <param name="Required">
/// Always needed; what is needed only with some settings is checked by the kind's own
/// <see cref="IConnectorKind.FindErrors"/>.
/// </param>
/// <param name="LongText">A certificate or key of several lines.</param>
public sealed record CredentialInfo(string Name, string Label, bool Required = false, string? Help = null, bool LongText = false);

/// <summary>A list of codes that a translator looks up.</summary>
/// <param name="Scheme">Its name: <c>x12.1650</c>.</param>
/// <param name="Title">Display name: <c>Shipment status (AT7-01)</c>.</param>
/// <param name="Meanings">What a code may mean. Empty: any text.</param>
public sealed record CodeSchemeInfo(string Scheme, string Title, IReadOnlyList<string> Meanings);

/// <param name="Field">The member: <c>settings.auth</c>, <c>credentials.clientSecret</c>.</param>
/// <param name="Sentence">One sentence in the user's words.</param>
public sealed record SettingError(string Field, string Sentence);
