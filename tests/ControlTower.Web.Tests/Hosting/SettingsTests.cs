using System.Collections;
using System.Text.RegularExpressions;
using ControlTower.Core.Hosting.Settings;
using ControlTower.Testing;
using ControlTower.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Hosting;

/// <summary>Each setting is declared once, in its options class; documentation, sample and validation follow from it.</summary>
public sealed partial class SettingsTests
{
    private static string Table => Read("docs", "configuration.md").Split("\n\n").Single(part => part.StartsWith("| key | default |"));

    [Fact]
    public void The_documentation_has_a_row_for_every_setting_with_its_default_range_and_meaning() =>
        Table.ShouldBe(SettingsTable.Make(), $"The table should be:\n{SettingsTable.Make()}\n");

    [Fact]
    public void Every_setting_has_a_meaning() => SettingsTable.Make().Split('\n').Where(row => row.EndsWith("| |")).ShouldBeEmpty();

    [Fact]
    public void Every_number_has_a_range_that_holds_its_default() => OptionsClasses.Settings
        .Where(entry => entry.Setting.ValueType.IsPrimitive && entry.Setting.ValueType != typeof(bool))
        .Where(entry => entry.Setting.Range is not { } range || !range.IsValid(entry.Default))
        .Select(entry => entry.Setting.Key).ShouldBeEmpty();

    [Fact]
    public void The_sample_sets_only_what_exists() =>
        UnknownSettings.Find(Sample, OptionsClasses.All).Concat(Sample.GetChildren().Select(child => child.Key)
            .Except(OptionsClasses.Settings.Select(entry => entry.Setting.Key.Split(':')[0]))).ShouldBeEmpty();

    [Fact]
    public void The_sample_shows_the_defaults_where_there_is_one() => (
        from entry in OptionsClasses.Settings
        where entry.Default is not (null or "" or IEnumerable and not string)
        let shown = Sample[entry.Setting.Key]
        where shown is not null && !shown.Equals($"{entry.Default}", StringComparison.OrdinalIgnoreCase)
        select $"{entry.Setting.Key} is {shown} and not {entry.Default}").ShouldBeEmpty();

    [Fact]
    public void The_address_that_is_shipped_is_the_documented_default() =>
        new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "src", "ControlTower.Web", "appsettings.json")).Build()["Urls"]
            .ShouldBe(new ListenOptions().Urls);

    [Fact]
    public async Task Every_options_class_is_bound_and_validated_at_start()
    {
        await using var app = TowerHost.Build([], builder =>
            builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:ControlTower", "Host=127.0.0.1;Database=tower")]));

        app.Services.GetServices<OptionsSection>().Select(section => section.Type)
            .ShouldBe(OptionsClasses.All.Select(section => section.Type), ignoreOrder: true);
    }

    [Fact]
    public void The_configuration_is_read_by_options_classes_alone() => (
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/") && !file.Contains("/Hosting/Settings/")
        from line in File.ReadLines(file)
        where Reading().IsMatch(line)
        select $"{Path.GetFileName(file)}: {line.Trim()}").ShouldBeEmpty();

    [Theory]
    [InlineData("Engine:BatchSzie", "Engine:BatchSzie is not a setting and has no effect; did you mean Engine:BatchSize?")]
    [InlineData("Outbox:Colour", "Outbox:Colour is not a setting and has no effect.")]
    public void A_key_that_is_not_known_is_named_with_the_closest_one(string key, string sentence) =>
        UnknownSettings.Find(new ConfigurationBuilder().AddInMemoryCollection([new(key, "1")]).Build(), OptionsClasses.All)
            .ShouldBe([sentence]);

    private static IConfigurationRoot Sample { get; } =
        new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.sample.json")).Build();

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, .. path]));

    [GeneratedRegex(@"[cC]onfiguration\[|\.GetSection\(|\.GetConnectionString\(|\.GetValue<\w+\??>\(""|GetEnvironmentVariable\(")]
    private static partial Regex Reading();
}
