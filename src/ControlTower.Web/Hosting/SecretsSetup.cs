using System.Security.Cryptography;
using ControlTower.Core.Audit;
using ControlTower.Core.Connectors;
using ControlTower.Core.Persistence;

namespace ControlTower.Web.Hosting;

/// <summary>The master key and what hangs on it: secrets at rest, the key ring, the signature of the audit chains' heads.</summary>
internal static class SecretsSetup
{
    public static void AddTowerSecrets(this IServiceCollection services, IConfiguration configuration)
    {
        var file = configuration["Secrets:MasterKeyFile"] is { Length: > 0 } named ? named : DefaultFile;
        services.AddSingleton(_ => new MasterKey(MasterKeyFile.ReadOrCreate(file)));
        services.AddSingleton(provider => new SecretBox(provider.GetRequiredService<MasterKey>().Bytes));
        services.AddSingleton(provider => new HeadSigner(provider.GetRequiredService<MasterKey>().For("audit-heads")));
        services.AddSingleton(provider => new AuditAnchor(AuditAnchorFile.For(file, provider.GetRequiredService<DatabaseOptions>())));
    }

    /// <summary>Beside the program, where nothing else was said.</summary>
    private static string DefaultFile => Path.Combine(AppContext.BaseDirectory, "master.key");
}

/// <summary>The tower's one key; for each purpose another is derived from it.</summary>
internal sealed record MasterKey(byte[] Bytes)
{
    /// <summary>32 bytes for that purpose alone (HKDF, RFC 5869).</summary>
    public byte[] For(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Bytes, SecretBox.KeyBytes, info: System.Text.Encoding.UTF8.GetBytes($"control-tower/{purpose}"));
}
