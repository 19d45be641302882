namespace ControlTower.Launcher.Run;

/// <summary>How a part is started.</summary>
/// <param name="Arguments">Program and arguments.</param>
/// <param name="Folder">Where it runs. A program's own folder is its content root: no appsettings.json of whoever calls.</param>
public sealed record PartProgram(IReadOnlyList<string> Arguments, string Folder);
