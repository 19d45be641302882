using ControlTower.Core.Connectors;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Files;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>
/// One partner's folder. Documents go out as files whose name and control number belong to the command's key: a repeat
/// is the same file.
/// </summary>
internal sealed class EdiChannel(
    EdiReader reader, PartnerProfile profile, DropFolder folder, ControlNumbers numbers, AwaitedAnswers answers,
    AcknowledgementMonitor clock) : IConnectorChannel, IDisposable
{
    private const int AtOnce = 4;
    private readonly SemaphoreSlim _polling = new(1, 1);

    /// <summary>
    /// The same file again under the same number; a partner recognises a repeat by its control number.
    /// </summary>
    public UnknownOutcomePolicy PolicyForUnknownOutcome(string commandKind) => UnknownOutcomePolicy.NativeKey;

    public ChannelPace Pace() => new(AtOnce, null, IsDown: false);

    public Task<SendResult> SendAsync(CommandEnvelope command, CancellationToken cancellation) =>
        Task.Run(() => Send(command), cancellation);

    public async Task<PollResult> PollAsync(string? cursor, int limit, CancellationToken cancellation)
    {
        await _polling.WaitAsync(cancellation);
        try
        {
            folder.Ensure();
            var page = await Task.Run(() => reader.PollAsync(EdiCursor.Parse(cursor), limit, cancellation), cancellation);
            if (page.Events.Count == 0)
            {
                await clock.FollowAsync(cancellation);
            }

            return page;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new PollResult([], null, $"The folder {profile.Folder} cannot be worked with: {error.Message}");
        }
        finally
        {
            _polling.Release();
        }
    }

    public Task<TestResult> TestAsync(CancellationToken cancellation) => Task.FromResult(new TestResult(
    [
        Directory.Exists(folder.Root) ? new TestStep($"The folder {profile.Folder} is there.", true)
            : new TestStep($"The folder {profile.Folder} is not there yet; the first poll makes it.", null),
        new TestStep($"{folder.Waiting()} files wait in {profile.Folder}/in; none was taken.", true),
        new TestStep($"The last control number that was given is {numbers.Last()}.", true),
    ]));

    public void Dispose()
    {
        reader.Dispose();
        _polling.Dispose();
    }

    private SendResult Send(CommandEnvelope command)
    {
        try
        {
            var document = CommandDocuments.Create(command, profile);
            if (document.RefusalCode is { } code)
            {
                return new SendResult(SendOutcome.Rejected, Code: code, Detail: document.Why);
            }

            return document.Body is null ? new SendResult(SendOutcome.Accepted, Detail: document.Why) : HandOver(command, document);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An incomplete file is in our own sub-folder, or is the same file that the next attempt writes.
            return new SendResult(SendOutcome.NotSent, Detail: $"The folder {profile.Folder} cannot be worked with: {error.Message}");
        }
    }

    private SendResult HandOver(CommandEnvelope command, OutDocument document)
    {
        folder.Ensure();
        var issued = numbers.For(command.Key);
        var (bytes, error) = CommandDocuments.Write(document, profile, issued.Number, issued.At);
        if (bytes is null)
        {
            return new SendResult(SendOutcome.Rejected, Code: "NOT_WRITABLE", Detail: error);
        }

        var name = $"{document.Set}-{Safe(document.Name)}-{issued.Number:000000000}.edi";
        if (!folder.HandOver(name, bytes, command.MayWrite))
        {
            return new SendResult(SendOutcome.NotSent, Detail: "The lease of the sending ended before the file was handed over.");
        }

        answers.Await(issued.Number, command.Key);
        var source = $"urn:x12:{profile.OurQualifier}:{Uri.EscapeDataString(profile.OurId)}:out";
        return new SendResult(
            SendOutcome.Accepted,
            ExternalId: document.ExternalId,
            Facts: document.Fact is { } fact ? [fact(source)] : null,
            Detail: $"Handed over as {name}.");
    }

    private static string Safe(
        string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));
}
