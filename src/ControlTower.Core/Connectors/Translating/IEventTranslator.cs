namespace ControlTower.Core.Connectors.Translating;

/// <summary>
/// Makes a fact of the open connector out of a vendor's event. Pure: the same event, settings and codes give the same
/// fact, so a message can be mapped again after a code was mapped or a mapping was fixed. It is called for every
/// message of the kind's connectors whose type does not begin with <c>tower.</c>.
/// </summary>
public interface IEventTranslator
{
    /// <summary>The event types it reads, version included: <c>easypost.tracker.v2</c>. Any other type is an exception
    /// that names those.</summary>
    IReadOnlyCollection<string> Reads { get; }

    /// <summary>
    /// A fact, or why there is none. Anything in <see cref="TranslateContext.Errors"/> takes precedence over the
    /// result: read all fields, then return a fact, and a field that was missing or of another type makes it an
    /// exception that names the field.
    /// </summary>
    TranslateResult Translate(TranslateContext context);
}
