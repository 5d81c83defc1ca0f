namespace EduUnion.Host.Web;

/// <summary>A policy of its own for an endpoint that cannot live under the strict one (the API's reference page).</summary>
/// <param name="Value">The whole Content-Security-Policy.</param>
public sealed record ContentPolicy(string Value);

/// <summary>What every answer tells the browser: nothing inline, nothing foreign, never in a frame.</summary>
public static class SecurityHeaders
{
    public const string Policy =
        "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self'; object-src 'none'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    public static Task Add(HttpContext http, RequestDelegate next)
    {
        // At the start of the response: the error page clears what was set before it.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = http.GetEndpoint()?.Metadata.GetMetadata<ContentPolicy>()?.Value ?? Policy;
            headers.XFrameOptions = "DENY";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
            return Task.CompletedTask;
        });
        return next(http);
    }
}
