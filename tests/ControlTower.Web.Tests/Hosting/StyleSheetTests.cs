using ControlTower.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;

namespace ControlTower.Web.Tests.Hosting;

/// <summary>The one style sheet, under an address that contains its hash.</summary>
public sealed class StyleSheetTests
{
    private readonly StyleSheet _styles = new(new NullFileProvider());

    [Theory]
    [InlineData(true, "public, max-age=31536000, immutable")]
    [InlineData(false, "no-store")]
    public void A_browser_keeps_it_under_its_own_name_only(bool own, string expected)
    {
        var context = new DefaultHttpContext();

        _styles.Answer(own ? Path.GetFileNameWithoutExtension(_styles.Address) : "0123456789ab", context);

        context.Response.Headers.CacheControl.ToString().ShouldBe(expected);
    }
}
