using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ControlTower.Core.Hosting.Settings;

/// <summary>The one way by which a class of options gets to its values.</summary>
public static class OptionsSectionRegistration
{
    /// <summary>
    /// Binds the section, validates it at start with a sentence for each wrong value, and offers the options to constructors as they are.
    /// The framework's validation of annotations is not used: its messages name the class instead of the key and the value.
    /// </summary>
    public static OptionsBuilder<TOptions> AddSection<TOptions>(
        this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
    {
        var declared = new OptionsSection(typeof(TOptions), section);
        services.AddSingleton(declared);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
        return services.AddOptions<TOptions>()
            .Configure(options => declared.Bind(configuration, options))
            .Check(_ => declared.FindErrors(configuration))
            .ValidateOnStart();
    }

    /// <summary>Adds a rule of several settings, or one that no annotation states.</summary>
    /// <param name="findErrors">A sentence that begins with the key for each error.</param>
    public static OptionsBuilder<TOptions> Check<TOptions>(
        this OptionsBuilder<TOptions> builder, Func<TOptions, IEnumerable<string>> findErrors)
        where TOptions : class
    {
        builder.Services.AddSingleton<IValidateOptions<TOptions>>(new OptionsCheck<TOptions>(findErrors));
        return builder;
    }

    /// <summary>The section's values before there are services, such as for the log itself; wrong ones are validated later.</summary>
    public static TOptions ReadSection<TOptions>(this IConfiguration configuration, string section)
        where TOptions : class, new()
    {
        var options = new TOptions();
        new OptionsSection(typeof(TOptions), section).Bind(configuration, options);
        return options;
    }

    private sealed class OptionsCheck<TOptions>(Func<TOptions, IEnumerable<string>> findErrors) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options) =>
            findErrors(options).ToList() is { Count: > 0 } errors ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}
