using System.Globalization;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Files;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>
/// Reads a partner's folder page by page. A file is claimed, validated to its end, and reported as events; only after
/// all of them are committed, which the cursor shows, it is acknowledged by 997 and moved to the archive. After a crash
/// another reader repeats steps that have the same result: the same events, the same acknowledgement under the same
/// number.
/// </summary>
internal sealed class EdiReader(string connector, PartnerProfile profile, DropFolder folder, ControlNumbers numbers,
    AwaitedAnswers answers, IInterchangeRegister register, long mostBytes) : IDisposable
{
    private readonly Acknowledger _acknowledger = new(profile, folder, numbers);
    private EdiFileProgress? _reading;

    public async Task<PollResult> PollAsync(EdiCursor cursor, int limit, CancellationToken cancellation)
    {
        if (cursor.File is { } file)
        {
            cursor = !folder.IsClaimed(file) ? EdiCursor.None : cursor.Done ? await FinishAsync(cursor, cancellation) : cursor;
        }

        while ((cursor.File ?? folder.Unfinished() ?? folder.Claim()) is { } name)
        {
            cancellation.ThrowIfCancellationRequested();
            var progress = await ReadingAsync(cursor.File is null ? EdiCursor.None with { File = name } : cursor, cancellation);
            var events = progress.Take(limit, out var isLast);
            var next = progress.Cursor with { Next = progress.Next, Done = isLast };
            if (events.Count > 0)
            {
                return new PollResult(events, next.ToString());
            }

            // It has no new content: there is nothing to wait for.
            cursor = await FinishAsync(next, cancellation);
        }

        return new PollResult([], EdiCursor.None.ToString());
    }

    public void Dispose() => Close();

    /// <summary>Where the file was left, or from its beginning.</summary>
    private async Task<EdiFileProgress> ReadingAsync(EdiCursor cursor, CancellationToken cancellation)
    {
        if (_reading is { } open && open.Cursor.File == cursor.File && open.Next == cursor.Next)
        {
            return open;
        }

        Close();
        var stream = folder.Open(cursor.File!);
        try
        {
            if (stream.Length > mostBytes)
            {
                return _reading = EdiFileProgress.TooLarge(cursor, stream, mostBytes);
            }

            var file = EdiFile.Validate(stream, profile);
            var validated = cursor.Next > 0 || cursor.Done ? cursor : await CompareAsync(cursor, file, cancellation);
            return _reading = new EdiFileProgress(validated, stream, file, numbers.KeyOf);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Which of its interchanges were stored before, and which carry a number that belongs to another.
    /// </summary>
    private async Task<EdiCursor> CompareAsync(EdiCursor cursor, EdiFile file, CancellationToken cancellation)
    {
        var (known, reused) = (new List<int>(), new List<int>());
        var inFile = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < file.Interchanges.Count; i++)
        {
            var interchange = file.Interchanges[i];
            if (!interchange.Accepted || interchange.Control is null)
            {
                continue;
            }

            var current = await register.FindStatusAsync(connector, EdiRecords.Record(interchange), cancellation);
            if (current == InterchangeStatus.Known)
            {
                known.Add(i);
            }
            else if (current == InterchangeStatus.Reused || !inFile.Add($"{interchange.Source} {interchange.Id}"))
            {
                reused.Add(i);
            }
        }

        return cursor with { Known = known.Count > 0 ? known : null, Reused = reused.Count > 0 ? reused : null };
    }

    /// <summary>Acknowledges the file and moves it to the archive. All steps can be repeated.</summary>
    private async Task<EdiCursor> FinishAsync(EdiCursor cursor, CancellationToken cancellation)
    {
        var progress = _reading?.Cursor.File == cursor.File ? _reading : null;
        progress ??= await ReadingAsync(cursor, cancellation);
        progress.Answered.ForEach(answers.Answered);
        var (refused, reason) = Answer(progress, cursor);
        Close();
        folder.Finish(cursor.File!, refused, reason);
        return EdiCursor.None;
    }

    private (bool Refused, string? Reason) Answer(EdiFileProgress progress, EdiCursor cursor)
    {
        if (progress.File is not { } file)
        {
            return (true, progress.Error);
        }

        var report = new List<string>();
        var refused = false;
        for (var i = 0; i < file.Interchanges.Count; i++)
        {
            var interchange = file.Interchanges[i];
            var isReused = cursor.Reused?.Contains(i) == true;
            refused |= !interchange.Accepted || isReused;
            if (isReused)
            {
                interchange.Refuse($"Control number {interchange.Control} was used before for another interchange.");
            }

            _acknowledger.Acknowledge(interchange);
            report.Add(Line(interchange, cursor.Known?.Contains(i) == true, isReused));
            report.AddRange(interchange.Sentences.Take(50).Select(sentence => $"  {sentence}"));
        }

        var isPlain = report.Count == file.Interchanges.Count && !refused && cursor.Known is null;
        return (refused, isPlain ? null : string.Join('\n', report) + "\n");
    }

    private static string Line(ValidatedInterchange interchange, bool known, bool reused)
    {
        var documents = interchange.X12?.Groups.Sum(group => group.Sets.Count) ?? interchange.Edifact!.Messages.Count;
        return string.Create(CultureInfo.InvariantCulture, $"Interchange {interchange.Control ?? "(unreadable)"}: ")
            + (known ? "taken in before, nothing of it was taken again."
            : reused || !interchange.Accepted ? "refused, nothing of it was taken."
            : $"{documents - interchange.RefusedDocuments} of {documents} documents taken.");
    }

    private void Close()
    {
        _reading?.Dispose();
        _reading = null;
    }
}
