using System.Security.Cryptography;
using ControlTower.Core.Audit;
using ControlTower.Core.Connectors;
using ControlTower.Core.Hosting.Settings;
using ControlTower.Core.Persistence;

namespace ControlTower.Web.Hosting;

/// <summary>
/// The master key and what depends on it: secrets at rest, the key ring, the signature of the audit chains' heads.
/// </summary>
internal static class SecretsRegistration
{
    public static void AddTowerSecrets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<SecretOptions>(configuration, SecretOptions.Section).Check(options => options.FindErrors());
        services.AddSingleton(provider => new MasterKey(
            MasterKeyFile.ReadOrCreate(provider.GetRequiredService<SecretOptions>().FileInUse)));
        services.AddSingleton(provider => new SecretBox(provider.GetRequiredService<MasterKey>().Bytes));
        services.AddSingleton(provider => new HeadSigner(provider.GetRequiredService<MasterKey>().For("audit-heads")));
        services.AddSingleton(provider => new AuditAnchor(AuditAnchorFile.For(
            provider.GetRequiredService<SecretOptions>().FileInUse, provider.GetRequiredService<DatabaseOptions>())));
    }
}

/// <summary>The tower's one key; for each purpose another is derived from it.</summary>
internal sealed record MasterKey(byte[] Bytes)
{
    /// <summary>32 bytes for that purpose alone (HKDF, RFC 5869).</summary>
    public byte[] For(string purpose) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Bytes, SecretBox.KeyBytes, info: System.Text.Encoding.UTF8.GetBytes($"control-tower/{purpose}"));
}
