using System.Text.Json;
using ControlTower.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace ControlTower.Sandbox.Hosting;

/// <summary>Writes answers: JSON, or a problem from 400 on.</summary>
internal static class Replies
{
    public static Task Write(this HttpResponse response, Answer answer) =>
        Write(response, answer.Status, JsonSerializer.SerializeToUtf8Bytes(answer.Body, Json.Options));

    public static async Task Write(this HttpResponse response, int status, byte[] body)
    {
        response.StatusCode = status;
        response.ContentType = status >= 400 ? "application/problem+json" : "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }

    public static async Task<byte[]> Bytes(this HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.ToArray();
    }

    /// <summary>True when the request carries a valid Standard Webhooks signature for these bytes.</summary>
    public static bool SignedWith(this HttpRequest request, string secret, ReadOnlySpan<byte> body, DateTimeOffset now) =>
        StandardWebhooks.Verify(
            secret,
            request.Headers[StandardWebhooks.IdHeader],
            request.Headers[StandardWebhooks.TimestampHeader],
            request.Headers[StandardWebhooks.SignatureHeader],
            body,
            now);
}
