namespace ControlTower.Launcher.Files;

/// <summary>A small file that is written atomically: it is either the old one or the new one.</summary>
public static class WholeFile
{
    public static void Write(string path, string content)
    {
        var draft = path + ".draft";
        using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(content);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
