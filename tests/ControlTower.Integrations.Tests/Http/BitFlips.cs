namespace ControlTower.Integrations.Tests.Http;

/// <summary>
/// A signed message with one bit changed: every bit of its header, then of its body, and again until enough were tried.
/// </summary>
internal static class BitFlips
{
    public static void EachOf(int count, byte[] header, byte[] body, Action<byte[], byte[]> refused)
    {
        var bits = (header.Length + body.Length) * 8;
        for (var i = 0; i < count; i++)
        {
            // The first round tries every bit once, header first; later rounds change a second bit, in the body, as
            // well.
            var (bit, round) = (i % bits, i / bits);
            var (changedHeader, changedBody) = ((byte[])header.Clone(), (byte[])body.Clone());
            Flip(bit < header.Length * 8 ? changedHeader : changedBody, bit < header.Length * 8 ? bit : bit - (header.Length * 8));
            if (round > 0)
            {
                var second = (bit + (round * 7919)) % (body.Length * 8);
                Flip(changedBody, second == bit - (header.Length * 8) ? (second + 1) % (body.Length * 8) : second);
            }

            refused(changedHeader, changedBody);
        }
    }

    private static void Flip(byte[] bytes, int bit) => bytes[bit / 8] ^= (byte)(1 << (bit % 8));
}
