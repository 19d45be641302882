using System.Globalization;

namespace ControlTower.Benchmarks;

/// <summary>
/// One run as a Markdown table. Rates are per second of wall-clock time, from the first byte offered to the last
/// outcome merged.
/// </summary>
internal sealed record Report(BenchmarkOptions Options, int Offered, double AcceptedSeconds, double DrainedSeconds)
{
    public required Watcher.Progress End { get; init; }

    public required double WebSeconds { get; init; }

    public required double DatabaseSeconds { get; init; }

    public required double OwnSeconds { get; init; }

    public required long WalBytes { get; init; }

    public required double AtRestMegabytes { get; init; }

    public required double ResidentMegabytes { get; init; }

    public required int Commands { get; init; }

    public required int Repeated { get; init; }

    public required (double Insert, double Copy) Messages { get; init; }

    public required (double Insert, double Copy, double RowsPerFact, int Tables) Everything { get; init; }

    public string Table()
    {
        var applied = Offered / DrainedSeconds;
        (string, string)[] rows =
        [
            ("offered (5% twice, 10% disordered, 2% broken)",
                string.Create(CultureInfo.InvariantCulture,
                    $"{Offered} facts of {Options.Orders} orders, batches of {Options.Batch}, {Options.Senders} senders, offered "
                        + $"{(Options.Rate == 0 ? "as fast as accepted" : Options.Rate + "/s")}")),
            ("accepted (signed requests, stored durably)",
                string.Create(CultureInfo.InvariantCulture, $"{Offered / AcceptedSeconds:F0} facts/s")),
            ("accepted → applied, commands sent, outcomes merged", string.Create(CultureInfo.InvariantCulture, $"{applied:F0} facts/s")),
            ("commands dispatched",
                string.Create(CultureInfo.InvariantCulture,
                    $"{Commands} ({Commands / DrainedSeconds:F0}/s), sent under one key more than once: {Repeated}")),
            ("messages merged, outcomes included", string.Create(CultureInfo.InvariantCulture, $"{End.Stored / DrainedSeconds:F0}/s")),
            ("processor per offered fact",
                string.Create(CultureInfo.InvariantCulture,
                    $"{(WebSeconds + DatabaseSeconds) * 1e6 / Offered:F0}"
                        + $" µs (tower {WebSeconds * 1e6 / Offered:F0}, database {DatabaseSeconds * 1e6 / Offered:F0}; load generator and "
                        + $"partner {OwnSeconds * 1e6 / Offered:F0} apart)")),
            ("write-ahead log per offered fact", string.Create(CultureInfo.InvariantCulture, $"{(double)WalBytes / Offered:F0} bytes")),
            ("the accepted messages' rows alone by multi-row INSERT of 50 / by COPY",
                string.Create(CultureInfo.InvariantCulture,
                    $"{Messages.Insert:F0} / {Messages.Copy:F0} rows/s; the tower does {applied / Messages.Insert:P1} of the INSERT")),
            ("all rows that stand at the end by the same",
                string.Create(CultureInfo.InvariantCulture,
                    $"{Everything.RowsPerFact:F1} rows a fact in "
                        + $"{Everything.Tables} tables, {Everything.Insert:F0} / {Everything.Copy:F0} facts/s; the tower does "
                        + $"{applied / Everything.Insert:P1} of the INSERT")),
            ("end",
                string.Create(CultureInfo.InvariantCulture,
                    $"posted {End.Posted}, pending {End.Pending}, parked {End.Parked}, exceptions {End.Failed}, commands waiting "
                        + $"{End.CommandsWaiting}")),
            ("waited for after the last fact was offered",
                string.Create(CultureInfo.InvariantCulture, $"{DrainedSeconds - AcceptedSeconds:F1} s")),
            ("tower's memory",
                string.Create(
                    CultureInfo.InvariantCulture, $"{AtRestMegabytes:F0} MB at rest, {ResidentMegabytes:F0} MB after the load, resident")),
        ];
        return "| | |\n|--|--|\n" + string.Concat(rows.Select(row => $"| {row.Item1} | {row.Item2} |\n"));
    }
}
