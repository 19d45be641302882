using System.Text.Json.Serialization;
using System.Text.Json;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Connectors.Receiving;
using ControlTower.Core.Connectors.Streaming;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Core.Connectors;

/// <summary>
/// The port every kind of connector implements. One instance serves one registered connector; it holds no state that
/// must survive a restart. Implementations never throw for a response or a missing response: they classify it.
/// Cancellation throws.
/// </summary>
public interface IConnectorChannel
{
    /// <summary>Sends one attempt: exactly <paramref name="command"/>.Body under its key.</summary>
    Task<SendResult> SendAsync(CommandEnvelope command, CancellationToken cancellation);

    /// <summary>
    /// Reads one page of facts after the cursor; null cursor for the first page. A kind with several feeds keeps a JSON
    /// object of watermarks in it, and is polled again at once while the cursor moves and the page has events.
    /// </summary>
    Task<PollResult> PollAsync(string? cursor, int limit, CancellationToken cancellation);

    /// <summary>What is done when the outcome of a command of this kind is unknown.</summary>
    UnknownOutcomePolicy PolicyForUnknownOutcome(string commandKind);

    /// <summary>What the channel lets through at this moment: its breaker, its rate and its concurrency.</summary>
    ChannelPace Pace();

    /// <summary>
    /// Whether the target has what the command requested, found by our reference: called before anything of
    /// <see cref="UnknownOutcomePolicy.LookupFirst"/> is sent again. Changes nothing there. Unknown defers the command
    /// until the next lookup.
    /// </summary>
    Task<LookUpResult> LookUpAsync(CommandEnvelope command, CancellationToken cancellation) =>
        Task.FromResult(LookUpResult.Unknown("This kind of connector cannot look up what it sent."));

    /// <summary>
    /// Tests the connector: the address, the authentication, one page read. Nothing is written, there or here.
    /// </summary>
    Task<TestResult> TestAsync(CancellationToken cancellation) =>
        Task.FromResult(new TestResult([new TestStep("This kind of connector cannot be tested without sending.", null)]));

    /// <summary>
    /// How long the target keeps the keys of such commands. After that it would not recognise one, and a second send
    /// could have a second effect.
    /// </summary>
    TimeSpan KeysKept(string commandKind) => TimeSpan.FromDays(7);

    /// <summary>
    /// How long after an attempt a lookup that finds nothing proves nothing; null for the configured time.
    /// </summary>
    TimeSpan? SettleTime(string commandKind) => null;

    /// <summary>Facts that come over a connection which stays open; null where none does.</summary>
    IFactStream? Stream => null;

    /// <summary>Publishes milestones; null where nothing is published.</summary>
    IMilestonePublisher? Publisher => null;

    /// <summary>What people see of the channel: breaker, rate, what it waits for.</summary>
    ChannelFlow Flow() => ChannelFlow.Unlimited;
}

/// <summary>How many sends may start now, and if none, when to ask again.</summary>
/// <param name="Free">
/// Sends that would start at once; zero while the breaker is open, the target requested a pause, or the rate is used
/// up.
/// </param>
/// <param name="RetryIn">With no free place: how long until it is worth asking again; null when a running send has to end first.</param>
/// <param name="IsDown">The breaker is open or tries with a single send whether the target is back.</param>
public sealed record ChannelPace(int Free, TimeSpan? RetryIn, bool IsDown)
{
    /// <summary>
    /// Sends that will start within about two seconds at the present pace, those of <see cref="Free"/> included: so
    /// many may be claimed before there is a place for them.
    /// </summary>
    public int Ahead { get; init; } = Free;
}

/// <summary>Builds channels for registered connectors; one factory per connector kind.</summary>
public interface IConnectorKind
{
    /// <summary>The <c>kind</c> of registering: <c>open</c>.</summary>
    string Kind { get; }

    /// <summary>Its description; the same object every time.</summary>
    ConnectorKindInfo Describe();

    /// <summary>
    /// What is wrong with settings of the right types: ranges, what is needed only together. Fields are named
    /// <c>settings.x</c> and <c>credentials.x</c>.
    /// </summary>
    /// <param name="settings">The <c>settings</c> object.</param>
    /// <param name="credentials">Names of the credentials that exist.</param>
    IReadOnlyList<SettingError> FindErrors(JsonElement settings, IReadOnlySet<string> credentials) => [];

    /// <summary>A channel for this record; cheap, cached by the caller per connector and version.</summary>
    IConnectorChannel Open(ConnectorRecord connector);

    /// <summary>
    /// Which milestones connectors of these settings publish, and where to; null for none. Called when the topology is
    /// read, never for a fact.
    /// </summary>
    PublishingRule? PublishingOf(JsonElement settings) => null;

    /// <summary>Translates its events to facts; null for a kind whose events are the open connector's.</summary>
    IEventTranslator? Translator => null;

    /// <summary>Receives what its systems post; null for a kind that is polled or streams.</summary>
    IInboundReceiver? Receiver => null;

    /// <summary>The codes that it brings along.</summary>
    IReadOnlyList<CodeSeed> Codes => [];
}

/// <summary>What goes over the wire.</summary>
/// <param name="Body">The same bytes for every attempt of the key.</param>
/// <param name="MayWrite">
/// Called once more just before the first byte is written: false when the sender's lease no longer covers the sending.
/// </param>
public sealed record CommandEnvelope(string Kind, string Key, byte[] Body, string TraceParent, Func<bool>? MayWrite = null);

/// <summary>The outcome of one attempt, classified once, where it was observed.</summary>
/// <param name="ExternalId">The target's number, when accepted.</param>
/// <param name="References">Further links in the answer: kind to number.</param>
/// <param name="Facts">Events in the answer, raw JSON each; they go to the inbox as if they had been pushed.</param>
/// <param name="RetryAfter">When the target asks to be called again.</param>
public sealed record SendResult(
    SendOutcome Outcome,
    int? HttpStatus = null,
    string? ExternalId = null,
    IReadOnlyDictionary<string, string>? References = null,
    IReadOnlyList<byte[]>? Facts = null,
    string? Code = null,
    string? Detail = null,
    TimeSpan? RetryAfter = null);

public enum SendOutcome
{
    Accepted,

    /// <summary>Refused without effect.</summary>
    Rejected,

    /// <summary>Nothing left this process.</summary>
    NotSent,

    /// <summary>The target asked to wait; costs no attempt.</summary>
    Throttled,
    Unauthorised,

    /// <summary>It may or may not have had its effect.</summary>
    Unknown,
}

/// <summary>What a target has of a command that was sent before.</summary>
/// <param name="ExternalId">Its number there, when found.</param>
/// <param name="References">Further links: kind to number.</param>
/// <param name="Facts">Events that the lookup returned, raw JSON each.</param>
/// <param name="Detail">One sentence for people.</param>
public sealed record LookUpResult(
    LookUpOutcome Outcome,
    string? ExternalId = null,
    IReadOnlyDictionary<string, string>? References = null,
    IReadOnlyList<byte[]>? Facts = null,
    string? Detail = null)
{
    public static LookUpResult Unknown(string detail) => new(LookUpOutcome.Unknown, Detail: detail);
}

public enum LookUpOutcome
{
    /// <summary>It is there: the command was accepted.</summary>
    Found,

    /// <summary>
    /// It is not there now; a command in flight may still arrive, so a waiting time passes before this counts.
    /// </summary>
    Absent,

    /// <summary>It could not be found out.</summary>
    Unknown,
}

/// <summary>What a test of a connector would do and did, in order.</summary>
public sealed record TestResult(IReadOnlyList<TestStep> Steps)
{
    /// <summary>No step failed.</summary>
    public bool Works => Steps.All(step => step.Ok != false);
}

/// <param name="Message">One sentence: what was tried and its result.</param>
/// <param name="Ok">Null: it was left out, and the sentence explains why.</param>
public sealed record TestStep([property: JsonPropertyName("said")] string Message, bool? Ok);

/// <param name="Events">Raw CloudEvents JSON, in order.</param>
/// <param name="Next">Cursor after this page.</param>
/// <param name="Error">One sentence when the page could not be read; then Events is empty.</param>
public sealed record PollResult(
    IReadOnlyList<byte[]> Events, string? Next, string? Error = null, bool Unauthorised = false, TimeSpan? RetryAfter = null);

/// <summary>What happens when the outcome of a command is unknown.</summary>
public enum UnknownOutcomePolicy
{
    /// <summary>The target keeps keys: the same bytes again under the same key.</summary>
    NativeKey,

    /// <summary>Find by our reference first; absent only after a waiting time.</summary>
    LookupFirst,

    /// <summary>A person checks and reports the outcome.</summary>
    Never,
}
