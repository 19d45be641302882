using Bunit;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Integrations.Edi.Exchange;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Web.Features.Partners;
using ControlTower.Web.Tests.Transactions;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace ControlTower.Web.Tests.Partners;

/// <summary>The page Partners: its states, the profile, and refused files with their reason.</summary>
public sealed class PartnersPageTests
{
    private readonly IPartnerList _partners = Substitute.For<IPartnerList>();

    [Fact]
    public async Task Without_a_partner_it_explains_how_one_is_registered()
    {
        _partners.AllAsync(default).ReturnsForAnyArgs([]);
        await using var stage = Stage(PageHost.Supervisor);
        stage.Render<PartnersPage>().Markup.ShouldContain("No EDI partner is registered yet");
    }

    [Fact]
    public async Task A_partner_shows_its_profile_and_the_content_of_its_folder()
    {
        _partners.AllAsync(default).ReturnsForAnyArgs([Row(new PartnerFolder(true, 2, 0, 1, 0, [], 42))]);
        await using var stage = Stage(PageHost.Supervisor);
        var page = stage.Render<PartnersPage>();
        page.Find("h2 a[href='connectors/3pl']").TextContent.ShouldBe("3pl");
        page.Markup.ShouldContain("ZZ WHSE to ZZ TOWER");
        page.Markup.ShouldContain("2 files wait, 0 are being read, 1 is to be fetched");
        page.Markup.ShouldContain("000000042");
        page.FindAll(".change").ShouldBeEmpty("only administrators change it");
    }

    [Fact]
    public async Task A_refused_file_is_shown_with_its_reason()
    {
        _partners.AllAsync(default)
            .ReturnsForAnyArgs([Row(new PartnerFolder(true, 0, 0, 0, 1, [new("bad.edi", "IEA02 000000002 is not ISA13 000000001.")], 0))]);
        await using var stage = Stage(PageHost.Supervisor with { Roles = [TowerRoles.Administrator] });
        var page = stage.Render<PartnersPage>();
        page.Find("h3").TextContent.ShouldBe("1 file was put aside");
        page.Find(".refused pre").TextContent.ShouldContain("IEA02");
        page.Find("a.change").GetAttribute("href").ShouldBe("connectors/3pl/edit");
        page.Find("a[href='exceptions?connector=3pl']").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_read_that_failed_can_be_repeated()
    {
        _partners.AllAsync(default).ReturnsForAnyArgs<Task<IReadOnlyList<PartnerRow>>>(_ => throw new TimeoutException());
        await using var stage = Stage(PageHost.Supervisor);
        stage.Render<PartnersPage>().Markup.ShouldContain("The partners could not be read.");
    }

    private PageHost Stage(Actor actor) => new(actor, services => services.AddSingleton(_partners));

    private static PartnerRow Row(PartnerFolder folder) => new(
        "3pl", "wms", false, ConnectorHealth.Healthy, PageHost.Now, null,
        new PartnerProfile { Folder = "3pl", OurId = "TOWER", PartnerId = "WHSE" }, folder);
}
