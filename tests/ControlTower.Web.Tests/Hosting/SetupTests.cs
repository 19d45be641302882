using ControlTower.Core.Persistence;
using ControlTower.Core.Identity;
using ControlTower.Testing;
using ControlTower.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Web.Tests.Hosting;

public sealed class SetupTests
{
    private const string Landscape = """
        {"sites":[{"code":"E1","name":"East 1","timeZone":"Europe/Paris","region":"Europe","area":"east"},
                  {"code":"W1","name":"West 1","timeZone":"America/Sao_Paulo","region":"Americas","area":"west"}],
         "connectors":[{"name":"erp","kind":"open","role":"erp","baseUrl":"http://127.0.0.1:41001","inboundSecret":"whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
           "outboundSecret":"whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=","sites":[],"legalEntities":[],"reports":["order.accepted"],"poll":false,"pollSeconds":15}]}
        """;

    [Fact]
    public async Task Setting_up_twice_keeps_passwords_and_adds_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("control-tower-setup-").FullName;
        var (landscape, credentials) = (Path.Combine(folder, "landscape.json"), Path.Combine(folder, "credentials.json"));
        await File.WriteAllTextAsync(landscape, Landscape);
        string[] args =
        [
            "setup", "--landscape", landscape, "--credentials", credentials, $"--ConnectionStrings:ControlTower={database.ConnectionString}",
            "--Database:AllowUnsafeDurability=true", $"--Secrets:MasterKeyFile={Path.Combine(folder, "master.key")}", "--Connectors:AllowedHosts:0=127.0.0.1", "--Logs:Level=Error",
        ];

        (await Verbs.RunAsync(args, TextWriter.Null, Console.Error)).ShouldBe(0);
        var (passwords, before) = (await File.ReadAllTextAsync(credentials), await CountsAsync(database));
        (await Verbs.RunAsync(args, TextWriter.Null, Console.Error)).ShouldBe(0);

        (await File.ReadAllTextAsync(credentials)).ShouldBe(passwords);
        File.GetUnixFileMode(credentials).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        before.ShouldBe("users 8, roles 6, scopes 2, sites 2, connectors 1, policies 3");
        (await CountsAsync(database)).ShouldBe(before);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<string> CountsAsync(TestDatabase database)
    {
        await using TowerDbContext db = TowerContexts.Postgres(database.ConnectionString);
        return $"users {await db.Users.CountAsync()}, roles {await db.Roles.CountAsync()}, scopes {await db.UserScopes.CountAsync()}, sites {await db.Sites.CountAsync()}, "
            + $"connectors {await db.Connectors.CountAsync()}, policies {await db.Policies.CountAsync()}";
    }
}
