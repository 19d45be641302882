using ControlTower.Core.Persistence;
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
    public async Task Running_setup_twice_keeps_passwords_and_adds_nothing()
    {
        await using var stage = await ScenarioHost.CreateAsync();

        (await stage.SetUpAsync(TextWriter.Null)).ShouldBe(0);
        var (passwords, before) = (await File.ReadAllTextAsync(stage.Credentials), await CountsAsync(stage.Database));
        (await stage.SetUpAsync(TextWriter.Null)).ShouldBe(0);

        (await File.ReadAllTextAsync(stage.Credentials)).ShouldBe(passwords);
        File.GetUnixFileMode(stage.Credentials).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        before.ShouldBe("users 8, roles 6, scopes 2, sites 2, connectors 1, policies 4");
        (await CountsAsync(stage.Database)).ShouldBe(before);
    }

    // Passwords are random: each of these can occur, the rarest once in some thousand sets.
    [Theory]
    [InlineData("BCDEFGH23456789J")]
    [InlineData("abcdefghijkmnpqr")]
    [InlineData("ABCDEFGHJKLMNPQR")]
    [InlineData("2345678923456789")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    public async Task Any_password_that_can_be_generated_opens_an_account(string drawn)
    {
        await using var stage = await ScenarioHost.CreateAsync();
        await File.WriteAllTextAsync(stage.Credentials, $$"""{"operator":"{{drawn}}"}""");
        var errors = new StringWriter();

        (await stage.SetUpAsync(errors)).ShouldBe(0, errors.ToString());

        (await CountsAsync(stage.Database)).ShouldStartWith("users 8,");
    }

    [Fact]
    public async Task A_short_password_in_the_credentials_file_is_refused_in_a_sentence_before_any_account_is_made()
    {
        await using var stage = await ScenarioHost.CreateAsync();
        await File.WriteAllTextAsync(stage.Credentials, """{"operator":"letmein"}""");
        var errors = new StringWriter();

        (await stage.SetUpAsync(errors)).ShouldNotBe(0);

        errors.ToString()
            .ShouldContain("operator: Passwords must be at least 12 characters; write another, or leave the account out and one is made.");
        (await CountsAsync(stage.Database)).ShouldStartWith("users 0,");
    }

    [Fact]
    public async Task A_database_of_version_0_1_0_is_brought_to_this_version()
    {
        await using var stage = await ScenarioHost.CreateAsync(await TestDatabase.CreateVersion010Async());

        (await stage.SetUpAsync(TextWriter.Null)).ShouldBe(0);

        (await CountsAsync(stage.Database)).ShouldStartWith("users 8,");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_in_a_sentence()
    {
        await using var stage = await ScenarioHost.CreateAsync();
        await TestedDatabase.ExecuteAsync(
            stage.Database.ConnectionString,
            """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29991231000000_OfTheFuture', '99')""");
        var errors = new StringWriter();

        (await stage.SetUpAsync(errors)).ShouldBe(2);

        errors.ToString().ShouldStartWith("The database has the migrations of neither this version nor 0.1.0");
    }

    private static async Task<string> CountsAsync(TestDatabase database)
    {
        await using TowerDbContext db = database.Open();
        return $"users {await db.Users.CountAsync()}"
            + $", roles {await db.Roles.CountAsync()}, scopes {await db.UserScopes.CountAsync()}, sites {await db.Sites.CountAsync()}, "
            + $"connectors {await db.Connectors.CountAsync()}, policies {await db.Policies.CountAsync()}";
    }

    private sealed class ScenarioHost(TestDatabase database, string folder) : IAsyncDisposable
    {
        public TestDatabase Database => database;

        public string Credentials => Path.Combine(folder, "credentials.json");

        public static async Task<ScenarioHost> CreateAsync(TestDatabase? database = null)
        {
            database ??= await TestDatabase.CreateAsync();
            var stage = new ScenarioHost(database, Directory.CreateTempSubdirectory("control-tower-setup-").FullName);
            await File.WriteAllTextAsync(stage.LandscapeFile, Landscape);
            return stage;
        }

        public Task<int> SetUpAsync(TextWriter errors) => CommandLineCommands.RunAsync(
            [
                "setup", "--landscape", LandscapeFile, "--credentials", Credentials,
                $"--ConnectionStrings:ControlTower={database.ConnectionString}",
                "--Database:AllowUnsafeDurability=true", $"--Database:Provider={TestedDatabase.Name}",
                $"--Secrets:MasterKeyFile={Path.Combine(folder, "master.key")}", "--Connectors:AllowedHosts:0=127.0.0.1",
                "--Logs:Level=Error",
            ],
            TextWriter.Null,
            errors);

        public async ValueTask DisposeAsync()
        {
            await database.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }

        private string LandscapeFile => Path.Combine(folder, "landscape.json");
    }
}
