using ControlTower.Core.Kernel;
using ControlTower.Testing;

namespace ControlTower.Core.Tests.Kernel;

public class ClockTests
{
    private static readonly DateTimeOffset BusinessStart = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private readonly ManualTime _time = new();

    [Fact]
    public void Business_time_starts_where_it_is_told_and_runs_at_its_speed()
    {
        var clocks = new TowerClocks(_time, BusinessStart, _time.GetUtcNow(), 60);
        _time.Pass(TimeSpan.FromMinutes(2));

        clocks.BusinessNow.ShouldBe(BusinessStart.AddHours(2));
        clocks.Business.GetUtcNow().ShouldBe(clocks.BusinessNow);
        clocks.ToSystem(BusinessStart.AddHours(1)).ShouldBe(_time.GetUtcNow().AddMinutes(-1));
        clocks.ToBusiness(_time.GetUtcNow().AddMinutes(1)).ShouldBe(BusinessStart.AddHours(3));
    }

    [Fact]
    public void In_production_both_clocks_are_one()
    {
        var clocks = TowerClocks.RealTime(_time);

        (clocks.BusinessNow, clocks.Speed).ShouldBe((_time.GetUtcNow(), 1));
        clocks.SystemNow.ShouldBe(_time.GetUtcNow());
    }

    [Fact]
    public void A_timestamp_is_cut_to_the_microsecond_in_utc()
    {
        var cut = UtcMicroseconds.Cut(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.FromHours(2)).AddTicks(1_234_567));

        (cut.Offset, cut).ShouldBe((TimeSpan.Zero, new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero).AddTicks(1_234_560)));
    }
}
