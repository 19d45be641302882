namespace ControlTower.Sandbox.Outgoing;

/// <summary>Several events as one JSON array.</summary>
internal static class EventBatch
{
    public static byte[] Write(IReadOnlyList<OutgoingFact> facts)
    {
        using var body = new MemoryStream(2 + facts.Sum(fact => fact.Content.Length + 1));
        body.WriteByte((byte)'[');
        for (var i = 0; i < facts.Count; i++)
        {
            if (i > 0)
            {
                body.WriteByte((byte)',');
            }

            body.Write(facts[i].Content);
        }

        body.WriteByte((byte)']');
        return body.ToArray();
    }
}
