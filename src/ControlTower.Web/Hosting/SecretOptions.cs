namespace ControlTower.Web.Hosting;

/// <summary>Section <c>Secrets</c>.</summary>
internal sealed record SecretOptions
{
    public const string Section = "Secrets";

    /// <summary>
    /// 32 bytes in base64; without it <c>master.key</c> next to the program; made at the first start. Seals connector
    /// secrets and the key ring of sessions, signs the audit chains' heads. Every node needs the same file.
    /// </summary>
    /// <value>readable by its owner only</value>
    public string? MasterKeyFile { get; init; }

    internal string FileInUse => MasterKeyFile is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "master.key");

    internal IEnumerable<string> FindErrors()
    {
        if (MasterKeyFile is { Length: > 0 } file && MasterKeyRights.FindError(file) is { } error)
        {
            yield return $"{Section}:MasterKeyFile: {error}";
        }
    }
}
