using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ControlTower.Core.Persistence.Audit;

namespace ControlTower.Core.Audit;

/// <summary>A top head as it was anchored outside the database.</summary>
/// <param name="Signature">Hex; empty without a master key.</param>
public sealed record AnchoredHead(long Number, string Signature)
{
    public static AnchoredHead From(AuditTopHead head) =>
        new(head.Number, head.Signature is null ? "" : Convert.ToHexStringLower(head.Signature));

    /// <summary>Whether it is this head, by number and signature.</summary>
    public bool IsOf(AuditTopHead head) => Number == head.Number
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature), Encoding.UTF8.GetBytes(From(head).Signature));
}

/// <param name="Finding">Why the head could not be read; null when it could.</param>
public sealed record AnchorReading(AnchoredHead? Head, string? Finding);

/// <summary>
/// Keeps the highest top head that this node has seen out of reach of anyone who can change the database: in memory
/// and, where a path is given, in a small file of one line, <c>number signature</c>. Several processes may share the
/// file. A crash leaves the old line or the new one.
/// </summary>
/// <param name="path">The file, one for each database; null keeps the head in memory only.</param>
public sealed class AuditAnchor(string? path)
{
    private readonly Lock _gate = new();
    private AnchoredHead? _highest;

    /// <summary>The highest head seen, or why it cannot be read.</summary>
    public AnchorReading Read()
    {
        lock (_gate)
        {
            return Try(() => new AnchorReading(Refresh(), null), "read");
        }
    }

    /// <summary>Anchors a head; one that is not higher changes nothing.</summary>
    /// <returns>What is anchored now, or why it could not be.</returns>
    public AnchorReading Raise(AnchoredHead head)
    {
        lock (_gate)
        {
            return Try(() => new AnchorReading(Higher(head), null), "written");
        }
    }

    private AnchoredHead Higher(AnchoredHead head)
    {
        if (Refresh() is { } present && present.Number >= head.Number)
        {
            return present;
        }

        Write(head);
        return _highest = head;
    }

    private static AnchorReading Try(Func<AnchorReading> act, string what)
    {
        try
        {
            return act();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new AnchorReading(null, $"The anchor cannot be {what}: {exception.Message}");
        }
    }

    /// <summary>
    /// Where there is a file it decides: an operator who removes it after a restore starts a new anchor.
    /// </summary>
    private AnchoredHead? Refresh() => path is null ? _highest : File.Exists(path) ? Parse(File.ReadAllText(path)) : null;

    private AnchoredHead Parse(string text) =>
        text.Trim().Split(' ') is [var number, .. var rest]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new AnchoredHead(value, rest.FirstOrDefault() ?? "")
            : throw new InvalidDataException($"{path} holds no audit head: it must be a number and a signature.");

    private void Write(AnchoredHead head)
    {
        if (path is null)
        {
            return;
        }

        // Nodes on several machines may share the folder.
        var temporary = $"{path}.{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}";
        File.WriteAllText(temporary, string.Create(CultureInfo.InvariantCulture, $"{head.Number} {head.Signature}\n"));
        File.Move(temporary, path, overwrite: true);
    }
}
