using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Testing.Proxies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.EndToEnd.Tests.Outbox;

/// <summary>One call in ten loses its answer after its effect: one effect each, one key over all attempts.</summary>
public sealed class LostAnswerTests
{
    private const int Calls = 1000;

    [Fact]
    public async Task With_a_tenth_of_the_answers_cut_after_the_effect_there_is_one_effect_each_under_one_key()
    {
        await using var partner = await BookkeepingPartner.StartAsync();
        await using var proxy = new AnswerLosingProxy(new Uri(partner.BaseUrl), share: 0.1, seed: 20261121);
        await using var room = await OutboxTestHost.OpenAsync();
        await room.RegisterAsync("wms", Roles.Wms, proxy.Address.ToString());
        var keys = await room.WantAsync("wms", Calls);
        await room.StartAsync();

        await room.SettleAsync("wms", CommandState.Accepted, Calls);

        proxy.Lost.ShouldBeInRange(Calls / 20, Calls / 5);
        partner.Books.Keys.Order().ShouldBe(keys.Order());
        partner.Asked.Values.Sum().ShouldBeGreaterThanOrEqualTo(Calls + proxy.Lost);
        partner.Bodies.GroupBy(body => body.Key).ShouldAllBe(key => key.Select(body => body.Body).Distinct().Count() == 1);
        (await room.OutcomesAsync("command.accepted")).ShouldBe(Calls);
        (await room.ReadAsync(db => db.Commands.CountAsync())).ShouldBe(Calls);
    }

    [Fact]
    public async Task A_target_that_keeps_no_keys_has_one_effect_each_as_well()
    {
        var chance = new Random(20261121);
        var ledger = new LedgerTarget
        {
            FateOf = (_, _) =>
            {
                lock (chance)
                {
                    return chance.NextDouble() switch
                    {
                        < 0.05 => LedgerTarget.Fate.AnswerLost,
                        < 0.1 => LedgerTarget.Fate.RequestLost,
                        _ => LedgerTarget.Fate.Answered
                    };
                }
            },
        };
        await using var room = await OutboxTestHost.OpenAsync(
            services => services.AddSingleton<IConnectorKind>(ledger), ("Outbox:SettleSeconds", "1"));
        await room.RegisterAsync("wms", Roles.Wms, "http://127.0.0.1:1/", kind: "ledger");
        var keys = await room.WantAsync("wms", 300);
        await room.StartAsync();

        await room.SettleAsync("wms", CommandState.Accepted, 300);

        ledger.Bookings.Keys.Order().ShouldBe(keys.Order());
        ledger.Bookings.Values.ShouldAllBe(times => times == 1);
        ledger.Sends.Values.Max().ShouldBeGreaterThan(1);
    }
}
