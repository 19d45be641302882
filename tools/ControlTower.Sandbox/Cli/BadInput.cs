namespace ControlTower.Sandbox.Cli;

/// <summary>What the user gave cannot be used. The message is the one sentence to print before ending with exit code 2.</summary>
internal sealed class BadInput(string sentence) : Exception(sentence);
