using System.Globalization;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Tryton.Polling;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton;

/// <summary>Signs in and reads one record of each model that the role reads. Nothing is written.</summary>
internal sealed class TrytonTest(TrytonClient client, TrytonSettings settings, string role)
{
    public async Task<TestResult> RunAsync(CancellationToken cancellation)
    {
        var steps = new List<TestStep>();
        try
        {
            var session = await client.SignInAsync(cancellation);
            steps.Add(new TestStep(string.Create(CultureInfo.InvariantCulture, $"Signed in as {settings.User} (user {session.UserId})."),
                true));
            var companies = await client.SearchAsync(
                "company.company", [new JsonArray("id", "=", settings.Company)], 1, ["party.name"], null, cancellation);
            steps.Add(companies is [var company]
                ? new TestStep($"Company {settings.Company} is {RpcValue.TextOf(company, "party.name")}.", true)
                : new TestStep($"{settings.User} sees no company {settings.Company}.", false));
            foreach (var feed in Feed.From(role))
            {
                var rows = await client.SearchAsync(feed.Model, feed.Filter(), 1, ["write_date", "create_date"], null, cancellation);
                steps.Add(new TestStep(rows.Count > 0 ? $"{feed.Model} can be read." : $"{feed.Model} can be read and is empty.", true));
            }
        }
        catch (RpcException failed)
        {
            steps.Add(new TestStep($"{failed.Error.Code}: {failed.Error.Message}", false));
        }

        return new TestResult(steps);
    }
}
