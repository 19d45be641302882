using System.Security.Cryptography;
using ControlTower.Core.Connectors;

namespace ControlTower.Integrations.Tests.Connectors;

public sealed class SecretBoxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control-tower-key").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_sealed_secret_opens_for_its_purpose_only()
    {
        using var box = new SecretBox(new byte[32]);
        var secret = "secret of twenty-four byte"u8.ToArray();

        var sealedBytes = box.Seal(secret, "connector:wms:inbound");

        box.Open(sealedBytes, "connector:wms:inbound").ShouldBe(secret);
        Should.Throw<CryptographicException>(() => box.Open(sealedBytes, "connector:wms:outbound"));
    }

    [Fact]
    public void A_sealed_secret_differs_each_time_and_holds_nothing_in_clear()
    {
        using var box = new SecretBox(new byte[32]);
        var secret = "secret of twenty-four byte"u8.ToArray();

        var one = box.Seal(secret, "x");

        one.ShouldNotBe(box.Seal(secret, "x"));
        one.AsSpan().IndexOf(secret.AsSpan(0, 6)).ShouldBe(-1);
    }

    [Fact]
    public void A_secret_cannot_be_opened_with_another_master_key_or_after_a_changed_byte()
    {
        using var box = new SecretBox(new byte[32]);
        using var other = new SecretBox([.. Enumerable.Repeat((byte)1, 32)]);
        var sealedBytes = box.Seal("secret"u8, "x");

        Should.Throw<CryptographicException>(() => other.Open(sealedBytes, "x"));
        for (var i = 0; i < sealedBytes.Length; i++)
        {
            var changed = (byte[])sealedBytes.Clone();
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => box.Open(changed, "x"));
        }
    }

    [Fact]
    public void The_master_key_is_made_once_and_readable_by_its_owner_only()
    {
        var file = Path.Combine(_folder, "keys", "master.key");

        var key = MasterKeyFile.ReadOrCreate(file);

        MasterKeyFile.ReadOrCreate(file).ShouldBe(key);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Processes_that_create_the_master_key_at_once_share_one()
    {
        for (var round = 0; round < 20; round++)
        {
            var folder = Path.Combine(_folder, $"{round}");
            var file = Path.Combine(folder, "master.key");

            var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => MasterKeyFile.ReadOrCreate(file))));

            keys.Select(Convert.ToHexString).Distinct().Count().ShouldBe(1);
            Directory.GetFiles(folder).ShouldBe([file]);
        }
    }

    [Fact]
    public void A_file_that_is_no_master_key_is_refused_with_the_reason()
    {
        var file = Path.Combine(_folder, "master.key");
        File.WriteAllText(file, "password");

        Should.Throw<InvalidDataException>(() => MasterKeyFile.ReadOrCreate(file)).Message.ShouldContain("32 bytes");
    }
}
