using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

// Writes one manifest resource of an assembly to a file, without loading the assembly:
// ExtractResource ASSEMBLY RESOURCE FILE
if (args is not [var assembly, var name, var file])
{
    Console.Error.WriteLine("usage: ExtractResource ASSEMBLY RESOURCE FILE");
    return 2;
}

using var image = new PEReader(File.OpenRead(assembly));
var metadata = image.GetMetadataReader();
var resource = metadata.ManifestResources
    .Select(metadata.GetManifestResource)
    .FirstOrDefault(r => metadata.GetString(r.Name) == name);
if (resource.Name.IsNil)
{
    Console.Error.WriteLine($"{assembly} has no resource {name}.");
    return 1;
}

var directory = image.PEHeaders.CorHeader!.ResourcesDirectory;
var reader = image.GetSectionData(directory.RelativeVirtualAddress).GetReader();
reader.Offset = (int)resource.Offset;
var bytes = reader.ReadBytes(reader.ReadInt32());

// Two builds may race for a fresh clone's file: each writes its own and renames it.
Directory.CreateDirectory(Path.GetDirectoryName(file)!);
var draft = $"{file}.{Environment.ProcessId}";
File.WriteAllBytes(draft, bytes);
File.Move(draft, file, overwrite: true);
return 0;
