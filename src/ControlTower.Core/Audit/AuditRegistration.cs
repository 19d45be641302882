using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Core.Audit;

/// <summary>Registers the services of the audit.</summary>
public static class AuditRegistration
{
    /// <summary>Sealer and verifier.</summary>
    /// <param name="headKey">The key that signs chain heads, see <see cref="HeadSigner"/>.</param>
    public static IServiceCollection AddAudit(this IServiceCollection services, Func<IServiceProvider, byte[]?> headKey) => services
        .AddSingleton(provider => new HeadSigner(headKey(provider)))
        .AddSingleton(new AuditAnchor(null))
        .AddSingleton<TopHeadSealer>()
        .AddSingleton<AuditSealer>()
        .AddSingleton<InlineSealing>()
        .AddSingleton<AuditVerifier>()
        .AddHostedService<AuditSealWorker>();
}
