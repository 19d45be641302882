using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Web.Api;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Exceptions;

/// <summary>
/// The hits of a search, by viewer; where words have more hits than are used, those are the first of the list.
/// </summary>
[Collection(nameof(TowerServerCollection))]
public sealed class CaseSearchTests(TowerServer tower)
{
    /// <summary>More than a search uses.</summary>
    private const int Cases = 1_100;

    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private readonly string _site = $"W-{Guid.NewGuid():N}"[..12];

    private ITowerDb Db => tower.App.Services.GetRequiredService<ITowerDb>();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_more_hits_than_are_used_the_first_of_the_list_are_found(bool open)
    {
        await SeedAsync(open);
        var auditor = Auditor(_site);
        var filter = new CaseFilter { States = open ? CaseFilter.Unresolved : [] };

        var listed = await new CaseQueries(Db).PageAsync(filter, auditor, null, 20);
        var found = await new CaseQueries(Db).PageAsync(filter with { Search = "lost in the yard" }, auditor, null, 20);

        found.Items.Select(row => row.Id).ShouldBe(listed.Items.Select(row => row.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_case_is_found_by_the_event_that_opened_it_only_by_people_of_its_site(bool open)
    {
        var text = $"pick-{Guid.NewGuid():N}";
        var id = await SeedOfMessageAsync(text);
        var filter = new CaseFilter { States = open ? CaseFilter.Unresolved : [], Search = text };

        var ours = await new CaseQueries(Db).PageAsync(filter, Auditor(_site), null, 20);
        var others = await new CaseQueries(Db).PageAsync(filter, Auditor("ELSEWHERE"), null, 20);

        ours.Items.ShouldHaveSingleItem().Id.ShouldBe(id);
        others.Items.ShouldBeEmpty();
    }

    private static Actor Auditor(string site) => new(9, "auditor", Actor.Person, [TowerRoles.Auditor], [site], [], null);

    private async Task<long> SeedOfMessageAsync(string eventId)
    {
        await using var db = Db.CreateDbContext();
        var message = new InboxMessage
        {
            Connector = "wms",
            Source = "urn:wms",
            EventId = eventId,
            DedupeKey = IncomingEvent.KeyOf("urn:wms", eventId),
            ContentHash = new byte[32],
            Payload = "{}"u8.ToArray(),
            Type = "tower.fulfilment.picked.v1",
            State = InboxState.Failed,
            DueAt = At,
            ReceivedAt = At,
            AcceptedAt = At,
        };
        db.Inbox.Add(message);
        await db.SaveChangesAsync();
        var about = Case(0, open: true);
        about.MessageId = message.Id;
        db.Cases.Add(about);
        await db.SaveChangesAsync();
        return about.Id;
    }

    /// <summary>Those that come first in the list are written last.</summary>
    private async Task SeedAsync(bool open)
    {
        await using var db = Db.CreateDbContext();
        db.Cases.AddRange(Enumerable.Range(0, Cases).Select(i => Case(i, open)));
        await db.SaveChangesAsync();
    }

    private ExceptionCase Case(int i, bool open) => new()
    {
        CaseKey = $"{_site}|{i}",
        Origin = CaseOrigin.Condition,
        ReasonCode = ReasonCodes.PickShort,
        Team = ReasonCodes.Find(ReasonCodes.PickShort).Team,
        Site = _site,
        Sites = [new CaseSite { Site = _site }],
        Message = $"Pallet {i} is lost in the yard.",
        OpenedAt = At.AddMinutes(i),
        DueAt = At.AddMinutes(open ? Cases - i : i),
        UpdatedAt = At,
    };
}
