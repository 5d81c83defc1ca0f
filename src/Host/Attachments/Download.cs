using Microsoft.Net.Http.Headers;

namespace EduUnion.Host.Attachments;

/// <summary>
/// How an uploaded file leaves: always as a download, for nothing that somebody uploaded is shown under our address. The
/// header is written here because the framework's own file results write the name into the log.
/// </summary>
internal static class Download
{
    /// <summary>Says what the file is called and that nobody keeps it.</summary>
    public static void Announce(HttpResponse response, OpenedFile file)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(file.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "no-store";
    }
}
