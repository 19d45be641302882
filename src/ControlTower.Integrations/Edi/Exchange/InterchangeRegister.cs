using System.Text.Json;
using ControlTower.Core.Inbox;
using ControlTower.Core.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Integrations.Edi.Exchange;

/// <summary>Knows which interchanges were taken in, by their control numbers, for ever.</summary>
internal interface IInterchangeRegister
{
    /// <summary>The content hash of the interchange that was taken in under these numbers, or null.</summary>
    Task<string?> ContentOfAsync(string connector, string source, string id, CancellationToken cancellation);
}

/// <summary>The inbox keeps a record of each interchange beside its documents; no other book is needed, and it commits with them.</summary>
internal sealed class InterchangeRegister(ITowerDb database) : IInterchangeRegister
{
    public async Task<string?> ContentOfAsync(string connector, string source, string id, CancellationToken cancellation)
    {
        var key = IncomingEvent.KeyOf(source, id);
        await using var db = await database.CreateDbContextAsync(cancellation);
        var payload = await db.Inbox.Where(m => m.Connector == connector && m.DedupeKey == key).Select(m => m.Payload).SingleOrDefaultAsync(cancellation);
        if (payload is null)
        {
            return null;
        }

        using var json = JsonDocument.Parse(payload);
        return json.RootElement.GetProperty("data").GetProperty("content").GetString();
    }
}
