using System.Text.Json;
using ControlTower.Sandbox.Services;
using ControlTower.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Sandbox.Hosting;

/// <summary>
/// The content of a system's books, to check the tower from the other side: <c>GET /ledger?order=</c>, <c>GET
/// /status</c>.
/// </summary>
internal sealed class BookEndpoints(TradingSystem system, Floor floor, CompletionWatcher settling)
{
    public async Task Ledger(HttpContext http)
    {
        var order = http.Request.Query["order"].ToString();
        byte[] body;
        lock (floor.Gate)
        {
            body = JsonSerializer.SerializeToUtf8Bytes(system.Ledger(order.Length > 0 ? order : null), Json.Options);
        }

        await http.Response.Write(200, body);
    }

    public async Task Status(HttpContext http)
    {
        var settled = settling.Settled;
        byte[] body;
        lock (floor.Gate)
        {
            body = JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    system = system.Name,
                    settled,
                    planned = floor.Agenda.CountOf(system),
                    unsent = system.Outlets.Sum(outlet => outlet.Unsent),
                    commands = system.Commands,
                    businessTime = CloudEvents.Text(floor.Clock.GetUtcNow()),
                },
                Json.Options);
        }

        await http.Response.Write(200, body);
    }
}
