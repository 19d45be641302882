using System.Net.Sockets;

namespace ControlTower.ContractTest;

/// <summary>Runs checks one after the other and reports the result of each.</summary>
internal sealed class ContractRun(TextWriter output)
{
    private int _passed;
    private int _failed;

    public async Task TryAsync(Check check)
    {
        var error = await SeeAsync(check);
        _passed += error is null ? 1 : 0;
        _failed += error is null ? 0 : 1;
        await output.WriteLineAsync(error is null ? $"  holds  {check.Sentence}" : $"  FAILS  {check.Sentence}: {error}");
    }

    /// <returns>The exit code.</returns>
    public int Finish()
    {
        output.WriteLine($"{_passed} passed, {_failed} failed");
        return _failed == 0 ? 0 : 1;
    }

    private static async Task<string?> SeeAsync(Check check)
    {
        try
        {
            return await check.TryAsync();
        }
        catch (Exception error) when (error is HttpRequestException or SocketException or OperationCanceledException)
        {
            return $"It could not be reached ({error.Message.TrimEnd('.')}).";
        }
    }
}
