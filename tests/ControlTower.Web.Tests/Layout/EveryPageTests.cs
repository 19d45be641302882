using System.Reflection;
using ControlTower.Web.Features.SignIn;
using ControlTower.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Tests.Layout;

/// <summary>
/// In a circuit only the page's own attribute asks who is there: the endpoints' fallback policy does not. Without it an account that is disabled would keep its
/// open page.
/// </summary>
public sealed class EveryPageTests
{
    private static readonly Type[] ForEverybody = [typeof(SignInPage), typeof(SignOutPage), typeof(ErrorPage)];

    public static TheoryData<Type> Pages =>
        [.. typeof(App).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>(inherit: false).Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_is_for_signed_in_people_unless_it_is_named_here(Type page)
    {
        page.GetCustomAttributes<AllowAnonymousAttribute>().Any().ShouldBe(ForEverybody.Contains(page), page.Name);
        if (!ForEverybody.Contains(page))
        {
            page.GetCustomAttributes<AuthorizeAttribute>().ShouldNotBeEmpty(page.Name);
        }
    }
}
