using System.Text;
using ControlTower.Core.Cases;
using ControlTower.Core.Housekeeping;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.EndToEnd.Tests.Engine;
using ControlTower.Integrations.Edi.Exchange;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.EndToEnd.Tests.Edi;

/// <summary>Records of the file exchange in the database: missing acknowledgements and known interchanges.</summary>
public class AnswerCaseTests
{
    private const string Prefix = "edi:3pl:997:";

    [Fact]
    public async Task A_missing_answer_is_one_case_until_it_comes_and_stays_waived_when_a_person_waived_it()
    {
        await using var room = await EngineTestHost.OpenAsync();
        var cases = room.Get<IMissingAnswerCases>();
        MissingAnswer first = Missing(12, "release-fulfilment:SO-1:S1/1"), second = Missing(13, "release-fulfilment:SO-2:S1/1");

        await cases.FollowAsync("3pl", Prefix, [first, second], default);
        await cases.FollowAsync("3pl", Prefix, [first, second], default);
        var open = await room.ReadAsync(db => db.Cases.OrderBy(c => c.CaseKey).ToListAsync());
        open.Select(c => (c.CaseKey, c.ReasonCode, c.Team, c.Connector, c.State, c.Message)).ShouldBe(
        [
            ("edi:3pl:997:000000012", ReasonCodes.ExpectedMissing, Teams.Integration, "3pl", CaseState.Open, "Interchange 12 has no 997."),
            ("edi:3pl:997:000000013", ReasonCodes.ExpectedMissing, Teams.Integration, "3pl", CaseState.Open, "Interchange 13 has no 997."),
        ]);

        await room.ReadAsync(db =>
            db.Cases.Where(c => c.Id == open[1].Id)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.State, CaseState.Waived).SetProperty(c => c.ResolvedBy, "ivy")));
        await cases.FollowAsync("3pl", Prefix, [second], default);
        var after = await room.ReadAsync(db => db.Cases.OrderBy(c => c.CaseKey).ToListAsync());
        after.Select(c => (c.State, c.ResolvedBy)).ShouldBe([(CaseState.Resolved, "tower"), (CaseState.Waived, "ivy")]);
        (await room.ReadAsync(db => db.CaseNotes.OrderBy(n => n.Id).Select(n => n.Act).ToListAsync()))
            .ShouldBe(["opened", "opened", "resolved"]);
        (await room.ReadAsync(db => db.Audit.OrderBy(a => a.Id).Where(a => a.ObjectType == "case").Select(a => a.Act).ToListAsync()))
            .ShouldBe(["case.opened", "case.opened", "case.resolved"]);

        await cases.FollowAsync("3pl", Prefix, [], default);
        (await room.ReadAsync(db => db.Cases.OrderBy(c => c.CaseKey).Select(c => c.ResolvedBy).ToListAsync()))
            .ShouldBe(["tower", "tower"], "the answer came: nothing is waived any more");
    }

    [Fact]
    public async Task A_partner_whose_name_begins_like_anothers_has_separate_cases()
    {
        await using var room = await EngineTestHost.OpenAsync();
        var cases = room.Get<IMissingAnswerCases>();
        await cases.FollowAsync("3pl", Prefix, [Missing(1, "a")], default);
        await cases.FollowAsync("3p", "edi:3p:997:", [], default);
        (await room.ReadAsync(db => db.Cases.Select(c => c.State).ToListAsync())).ShouldBe([CaseState.Open]);
    }

    [Fact]
    public async Task An_interchange_and_its_number_are_known_after_its_record_left_the_inbox()
    {
        await using var room = await EngineTestHost.OpenAsync();
        await room.RegisterAsync("edi", ("3pl", "wms"));
        var register = new InterchangeRegister(room.Get<KnownEvents>());
        var (same, other) = (Record("aa"), Record("bb"));
        (await register.FindStatusAsync("3pl", Encoding.UTF8.GetBytes(same), default)).ShouldBe(InterchangeStatus.New);
        await room.AcceptAsync("3pl", same);
        await StandsAsync();

        await room.ReadAsync(db => db.Arrivals.ExecuteDeleteAsync());
        await room.ReadAsync(db =>
            db.Inbox.ExecuteUpdateAsync(set =>
                set.SetProperty(m => m.State, Core.Persistence.Inbox.InboxState.Ignored)
                    .SetProperty(m => m.ProcessedAt, room.Clock.GetUtcNow())));
        room.Clock.Move(TimeSpan.FromMinutes(31));
        await room.Get<InboxArchiver>().CopyAsync();
        room.Clock.Move(TimeSpan.FromMinutes(6));
        await room.Get<InboxArchiver>().RemoveAsync();
        (await room.ReadAsync(db => db.Inbox.CountAsync())).ShouldBe(0);
        await StandsAsync();

        async Task StandsAsync()
        {
            (await register.FindStatusAsync("3pl", Encoding.UTF8.GetBytes(same), default)).ShouldBe(InterchangeStatus.Known);
            (await register.FindStatusAsync("3pl", Encoding.UTF8.GetBytes(other), default)).ShouldBe(InterchangeStatus.Reused);
        }
    }

    private static MissingAnswer Missing(int number, string command) =>
        new(FormattableString.Invariant($"{Prefix}{number:000000000}"), command,
            FormattableString.Invariant($"Interchange {number} has no 997."));

    private static string Record(string content) =>
        $$"""{"specversion":"1.0","id":"interchange.000000001","source":"urn:x12:ZZ:PARTNER:ZZ:TOWER","type":"x12.interchange.v1","subject":"000000001","data":{"control":"000000001","content":"{{content}}"} }""";
}
