using EduUnion.Host.Operations;
using EduUnion.Host.Persistence;

namespace EduUnion.Host.Web;

/// <summary>
/// A database that cannot serve at this moment: 503 with Retry-After, and the page that says so. Nothing was acknowledged,
/// and the same form sent again is the same request.
/// </summary>
internal sealed partial class DatabaseAway(RequestDelegate next, ILogger<DatabaseAway> log)
{
    /// <summary>Seconds after which asking again makes sense.</summary>
    public const string RetryAfter = "5";

    /// <summary>Whether somebody can be asked who this is: not when the page is shown that says that nobody can.</summary>
    public static bool IsThere(HttpContext http) => !http.Items.ContainsKey(typeof(DatabaseAway));

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception fault) when (!http.Response.HasStarted && DatabaseTrouble.Is(fault))
        {
            Told(log, http.Request.Method, Telemetry.PlaceOf(http), fault.GetBaseException().Message);
            http.Items[typeof(DatabaseAway)] = true;
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = RetryAfter;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} found no database to serve it: {Reason}")]
    private static partial void Told(ILogger log, string method, string path, string reason);
}
