using System.Threading.RateLimiting;
using ControlTower.Core.Hosting.Settings;
using ControlTower.Web.Api;
using Microsoft.AspNetCore.RateLimiting;

namespace ControlTower.Web.Hosting;

/// <summary>How many requests one caller may make at once.</summary>
internal static class LimitsRegistration
{
    /// <summary>
    /// The limit that the sign-in endpoints carry themselves, so that it applies however their address is written.
    /// </summary>
    public const string SignIn = "sign-in";

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

        // Next to the account's own lock-out, against guessing across accounts.
        services.AddSection<LimitOptions>(builder.Configuration, LimitOptions.Section);
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<LimitOptions>((options, limits) => Configure(options, limits.SignInsPerMinute));
    }

    private static void Configure(RateLimiterOptions options, int signIns)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = RefuseAsync;
        options.AddPolicy(SignIn, context => HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                CallerOf(context),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = signIns, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter(""));
    }

    /// <summary>
    /// A sentence for people, in the response itself: an error page instead would first ask to sign in.
    /// </summary>
    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellation)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(10);
        var seconds = FormattableString.Invariant($"{Math.Ceiling(wait.TotalSeconds):0}");
        rejected.HttpContext.Response.Headers.RetryAfter = seconds;
        if (!ApiRegistration.IsForMachines(rejected.HttpContext))
        {
            await rejected.HttpContext.Response.WriteAsync(
                $"Too many tries to sign in: wait {seconds} seconds, then go back and try again.", cancellation);
        }
    }

    /// <summary>The same address written for IPv4 and as IPv6 is one caller.</summary>
    private static string CallerOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return $"{(address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)}";
    }
}
