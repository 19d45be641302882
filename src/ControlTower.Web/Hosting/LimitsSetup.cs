using System.Threading.RateLimiting;
using ControlTower.Web.Api;
using Microsoft.AspNetCore.RateLimiting;

namespace ControlTower.Web.Hosting;

/// <summary>What one caller may ask of the tower at once.</summary>
internal static class LimitsSetup
{
    /// <summary>Sign-in attempts per address and minute: beside the account's own lock-out, against guessing across accounts.</summary>
    public const string SignInsPerMinute = "Limits:SignInsPerMinute";

    private const int DefaultSignIns = 30;

    /// <summary>The largest body of a request: a batch of facts.</summary>
    public const long LargestBody = 8 * 1024 * 1024;

    public static void AddTowerLimits(this IServiceCollection services, WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            kestrel.Limits.MaxConcurrentConnections = 10_000;
        });
        var signIns = builder.Configuration.GetValue<int?>(SignInsPerMinute) ?? DefaultSignIns;
        services.AddRateLimiter(options => Configure(options, signIns));
    }

    private static void Configure(RateLimiterOptions options, int signIns)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
            context.HttpContext.Response.Headers.RetryAfter = FormattableString.Invariant($"{Math.Ceiling(wait.TotalSeconds):0}");
            return ValueTask.CompletedTask;
        };
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => IsSignIn(context)
            ? RateLimitPartition.GetFixedWindowLimiter(
                $"{context.Connection.RemoteIpAddress}",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = signIns, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter(""));
    }

    private static bool IsSignIn(HttpContext context) => HttpMethods.IsPost(context.Request.Method)
        && (context.Request.Path.Equals("/sign-in", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.Equals($"{ApiSetup.Prefix}/session", StringComparison.OrdinalIgnoreCase));
}
