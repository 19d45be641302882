using System.Reflection;
using ControlTower.Web.Features.SignIn;
using ControlTower.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace ControlTower.Web.Tests.Layout;

/// <summary>
/// In a circuit only the page's own attribute requires sign-in: the endpoints' fallback policy does not apply. Without
/// it a disabled account would keep its open page.
/// </summary>
public sealed class EveryPageTests
{
    private static readonly Type[] ForEverybody = [typeof(SignInPage), typeof(SignOutPage), typeof(ErrorPage)];

    public static TheoryData<Type> Pages =>
        [.. typeof(App).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>(inherit: false).Any())];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_requires_sign_in_unless_it_is_listed_here(Type page)
    {
        page.GetCustomAttributes<AllowAnonymousAttribute>().Any().ShouldBe(ForEverybody.Contains(page), page.Name);
        if (!ForEverybody.Contains(page))
        {
            page.GetCustomAttributes<AuthorizeAttribute>().ShouldNotBeEmpty(page.Name);
        }
    }
}
