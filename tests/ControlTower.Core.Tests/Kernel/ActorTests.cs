using ControlTower.Core.Kernel;

namespace ControlTower.Core.Tests.Kernel;

public class ActorTests
{
    private static readonly Actor Limited = new(1, "ann", Actor.Person, [TowerRoles.Auditor], ["WH1"], ["1000"], null);

    [Fact]
    public void Whoever_is_limited_sees_what_names_their_site_or_entity_and_nothing_that_names_none()
    {
        (Limited.MaySeeSite("WH1"), Limited.MaySeeSite("WH2"), Limited.MaySeeSite(null)).ShouldBe((true, false, false));
        (Limited.MaySeeLegalEntity("1000"), Limited.MaySeeLegalEntity("2000"),
            Limited.MaySeeLegalEntity(null)).ShouldBe((true, false, false));
    }

    [Fact]
    public void Whoever_is_not_limited_sees_everything()
    {
        var all = Limited with { Sites = [], LegalEntities = [] };

        (all.MaySeeSite("WH2"), all.MaySeeSite(null), all.MaySeeLegalEntity("2000"),
            all.MaySeeLegalEntity(null)).ShouldBe((true, true, true, true));
    }

    [Fact]
    public void Only_a_person_is_one()
    {
        (Limited.IsPerson, (Limited with { Kind = Actor.Key }).IsPerson, Actor.Tower.IsPerson).ShouldBe((true, false, false));
        (Limited.Is(TowerRoles.Auditor), Limited.Is(TowerRoles.Administrator), Actor.Tower.Name,
            Actor.Tower.Kind).ShouldBe((true, false, "tower", "tower"));
    }

    [Fact]
    public void A_refusal_carries_its_kind()
        => new[] { Refusal.Forbidden("a"), Refusal.NotFound("b"), Refusal.Conflict("c"), Refusal.Invalid("d") }
            .ShouldBe([new("forbidden", "a"), new("not-found", "b"), new("conflict", "c"), new("invalid", "d")]);
}
