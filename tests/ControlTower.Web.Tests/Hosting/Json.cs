using System.Net.Http.Json;
using System.Text.Json;

namespace ControlTower.Web.Tests.Hosting;

internal static class Json
{
    public static JsonContent Body(object value) => JsonContent.Create(value);

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>Asserts that the answer is a problem of that status, with a sentence for people.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage answer, int status)
    {
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.ReadAsync();
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
        return problem;
    }
}
