using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Npgsql;

namespace ControlTower.Core.Tests.Persistence;

public sealed class FreshenedTests
{
    private static readonly NpgsqlException s_gone = new("The connection is gone.", new IOException("Broken pipe"));

    private readonly ManualTime _clock = new();
    private string? _stored = "first";

    [Fact]
    public async Task Who_asks_while_a_connection_is_gone_gets_the_last_value_and_the_next_the_new_one()
    {
        using var kept = Kept();
        await kept.GetAsync(default);
        _clock.Pass(TimeSpan.FromSeconds(2));

        _stored = null;
        (await kept.GetAsync(default)).ShouldBe("first");
        _stored = "second";

        (await kept.GetAsync(default)).ShouldBe("second");
    }

    [Fact]
    public async Task Who_was_cut_off_for_long_does_not_go_on_with_what_others_may_have_changed()
    {
        using var kept = Kept();
        await kept.GetAsync(default);
        _clock.Pass(TimeSpan.FromSeconds(6));

        _stored = null;

        await Should.ThrowAsync<NpgsqlException>(() => kept.GetAsync(default).AsTask());
    }

    [Fact]
    public async Task Who_changed_it_hears_that_it_could_not_be_read_again()
    {
        using var kept = Kept();
        await kept.GetAsync(default);

        _stored = null;

        await Should.ThrowAsync<NpgsqlException>(() => kept.RefreshAsync(default));
    }

    private Freshened<string> Kept() => new("nothing", _clock, _ => _stored is { } value ? Task.FromResult(value) : Task.FromException<string>(s_gone));
}
