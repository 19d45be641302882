namespace ControlTower.Sandbox.Cli;

/// <summary>
/// Invalid input of the user. The message is the one sentence to print before ending with exit code 2.
/// </summary>
internal sealed class BadInput(string sentence) : Exception(sentence);
