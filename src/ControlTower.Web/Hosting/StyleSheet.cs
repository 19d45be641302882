using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ControlTower.Web.Shared.Kit;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace ControlTower.Web.Hosting;

/// <summary>
/// The one style sheet of the pages: MudBlazor's, the themes, the product's own and those of its components, put
/// together at start. Its address contains its hash, so a browser keeps it until it changes.
/// </summary>
public sealed class StyleSheet
{
    private const int Quality = 9;
    private const int Window = 22;

    private static readonly string[] Parts = ["_content/MudBlazor/MudBlazor.min.css", "tower.css", "ControlTower.Web.styles.css"];

    private readonly byte[] _plain;
    private readonly byte[] _brotli;
    private readonly string _name;

    public StyleSheet(IWebHostEnvironment environment)
        : this(environment.WebRootFileProvider)
    {
    }

    /// <param name="files">The files of <c>wwwroot</c>; one that is missing (a build that was not published) is left out.</param>
    public StyleSheet(IFileProvider files)
    {
        string[] styles = [Read(files, Parts[0]), ThemeStyles.Build(), .. Parts[1..].Select(part => Read(files, part))];
        _plain = Encoding.UTF8.GetBytes(string.Join('\n', styles));
        _brotli = Compress(_plain);
        _name = Convert.ToHexStringLower(SHA256.HashData(_plain))[..12];
    }

    /// <summary>Relative to the base address.</summary>
    public string Address => $"styles/{_name}.css";

    /// <param name="name">Of another version, which another node serves during an upgrade, nothing is kept under that name.</param>
    public IResult Answer(string name, HttpContext context)
    {
        context.Response.Headers.CacheControl = name == _name ? "public, max-age=31536000, immutable" : "no-store";
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase))
        {
            return Results.Bytes(_plain, "text/css");
        }

        context.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(_brotli, "text/css");
    }

    private static string Read(IFileProvider files, string name)
    {
        var file = files.GetFileInfo(name);
        if (!file.Exists)
        {
            return "";
        }

        using var reader = new StreamReader(file.CreateReadStream());
        return reader.ReadToEnd();
    }

    private static byte[] Compress(byte[] plain)
    {
        var target = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        return BrotliEncoder.TryCompress(plain, target, out var written, Quality, Window)
            ? target[..written]
            : throw new InvalidDataException("The style sheet could not be compressed.");
    }
}
