using ControlTower.Core.Persistence.Audit;

namespace ControlTower.Core.Audit;

/// <summary>Verifies one chain: what the next entry must be, and what is wrong with one that differs.</summary>
/// <param name="covered">The chain's head as the top head names it; null when there is no genuine top head.</param>
internal sealed class ChainVerification(short chain, CoveredHead? covered)
{
    private long _expected = 1;
    private byte[] _previous = AuditHash.Genesis;

    /// <summary>Takes the next entry; returns what is wrong with it, or null.</summary>
    public string? Step(AuditEntry entry)
    {
        if (entry.Sequence != _expected)
        {
            return entry.Sequence > _expected ? "An entry was removed here." : "An entry was inserted before the first.";
        }

        if (!_previous.AsSpan().SequenceEqual(entry.PreviousHash))
        {
            return "The entry does not follow the one before it: one of them was moved, inserted or sealed again.";
        }

        if (!AuditHash.From(entry, _expected, _previous).AsSpan().SequenceEqual(entry.Hash))
        {
            return "The entry was edited or moved after it was sealed.";
        }

        if (covered?.Sequence == _expected && Convert.ToHexStringLower(entry.Hash!) != covered.Hash)
        {
            return "The entry is not the one that the top head covers: the chain was written anew.";
        }

        _previous = entry.Hash!;
        _expected++;
        return null;
    }

    public ChainVerdict Broken(string finding) => new(chain, false, _expected - 1, _expected, finding, null);

    /// <summary>Compares the end of the chain with the stored head.</summary>
    /// <param name="end">The chain's highest sequence, read before its head.</param>
    public ChainVerdict End(long end, AuditChainHead? head, HeadSigner signer)
    {
        if (head is null && covered is null && _expected == 1)
        {
            return new(chain, true, 0, null, "Nothing was written to it yet.", null);
        }

        if (head is null)
        {
            return Broken(_expected == 1 ? "The chain is missing: its head and all its entries." : "The chain's head is missing.");
        }

        if (!signer.Verifies(head))
        {
            return Broken("The chain's head was not written by this tower.");
        }

        if (head.Sequence >= _expected)
        {
            return Broken($"The chain ends here, while its head counts {head.Sequence} entries: its tail was cut.");
        }

        if (covered is not null && CoveredHeads.Regression(covered, head) is { } regression)
        {
            return Broken(regression);
        }

        if (end > head.Sequence)
        {
            return Broken("An entry follows the chain's head: it was inserted, or the head was set back.");
        }

        return head.Hash.AsSpan().SequenceEqual(_previous)
            ? new(chain, true, _expected - 1, null, "Every entry is as it was sealed.", Convert.ToHexStringLower(_previous))
            : Broken("The last entry is not the one that the chain's head names.");
    }
}
