namespace ControlTower.Web.Features.Inbound;

/// <summary>Reads a request's raw body, as the signature covers it.</summary>
internal static class RequestBody
{
    /// <summary>The bytes, or null when there are more than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 4096));
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            foreach (var segment in read.Buffer)
            {
                buffer.Write(segment.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (buffer.Length > limit)
            {
                return null;
            }

            if (read.IsCompleted)
            {
                return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
            }
        }
    }
}
