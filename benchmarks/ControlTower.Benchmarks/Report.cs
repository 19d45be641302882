using System.Globalization;

namespace ControlTower.Benchmarks;

/// <summary>One run as a Markdown table. Rates are per second of wall-clock time, from the first byte offered to the last outcome merged.</summary>
internal sealed record Report(
    BenchmarkOptions Options,
    int Offered,
    double AcceptedSeconds,
    double DrainedSeconds,
    Watcher.Progress End,
    double WebSeconds,
    double DatabaseSeconds,
    double OwnSeconds,
    long WalBytes,
    double ResidentMegabytes,
    Partner Partner,
    (double Insert, double Copy, long Rows) Plain)
{
    public string Table(string runtime)
    {
        var applied = Offered / DrainedSeconds;
        (string, string)[] rows =
        [
            ("offered (5% twice, 10% disordered, 2% broken)", Text($"{Offered} facts of {Options.Orders} orders, batches of {Options.Batch}, {Options.Senders} senders, offered {(Options.Rate == 0 ? "as fast as accepted" : Options.Rate + "/s")}")),
            ("accepted (signed requests, stored durably)", Text($"{Offered / AcceptedSeconds:F0} facts/s")),
            ("accepted → applied, commands sent, outcomes merged", Text($"{applied:F0} facts/s")),
            ("commands dispatched", Text($"{Partner.Commands} ({Partner.Commands / DrainedSeconds:F0}/s), sent under one key more than once: {Partner.Repeated}")),
            ("messages merged, outcomes included", Text($"{End.Stored / DrainedSeconds:F0}/s")),
            ("processor per offered fact", Text($"{(WebSeconds + DatabaseSeconds) * 1e6 / Offered:F0} µs (tower {WebSeconds * 1e6 / Offered:F0}, database {DatabaseSeconds * 1e6 / Offered:F0}; load generator and partner {OwnSeconds * 1e6 / Offered:F0} apart)")),
            ("write-ahead log per offered fact", Text($"{(double)WalBytes / Offered:F0} bytes")),
            ("the same rows by multi-row INSERT of 50 / by COPY", Text($"{Plain.Insert:F0} / {Plain.Copy:F0} rows/s; the tower does {applied / Plain.Insert:P1} of the INSERT")),
            ("end", Text($"posted {End.Posted}, pending {End.Pending}, parked {End.Parked}, exceptions {End.Failed}, commands waiting {End.CommandsWaiting}")),
            ("tower's memory", Text($"{ResidentMegabytes:F0} MB resident")),
        ];
        var head = Text($"\n### {DateTimeOffset.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores, {runtime}, PostgreSQL 15 with fsync and synchronous_commit on\n\n| | |\n|--|--|\n");
        return head + string.Concat(rows.Select(row => $"| {row.Item1} | {row.Item2} |\n"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
