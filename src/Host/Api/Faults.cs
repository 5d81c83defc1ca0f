using System.Diagnostics;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Host.Operations;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;

namespace EduUnion.Host.Api;

/// <summary>
/// Everything under <c>/api</c> that no endpoint answered: a body that cannot be read, a route that does not exist, a
/// fault of the program. A client gets problem details with a stable code, never a page and never a stack trace; a
/// fault is logged here, once, under the trace id that the client is told.
/// </summary>
internal sealed partial class Faults(RequestDelegate next, Texts texts, ILogger<Faults> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
                await Problems
                    .Of(texts, http.Response.StatusCode, Unanswered(http.Response.StatusCode))
                    .ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is listening any more.
        }
        catch (BadHttpRequestException unreadable) when (!http.Response.HasStarted)
        {
            await Problems.Of(texts, unreadable.StatusCode, Unreadable(http, unreadable)).ExecuteAsync(http);
        }
        catch (Exception fault) when (!http.Response.HasStarted && DatabaseTrouble.Is(fault))
        {
            Waits(log, http.Request.Method, Telemetry.PlaceOf(http), fault.GetBaseException().Message);
            http.Response.Clear();
            http.Response.Headers.RetryAfter = DatabaseAway.RetryAfter;
            await Problems
                .Of(texts, StatusCodes.Status503ServiceUnavailable, Refusal.Because("server.database-away"))
                .ExecuteAsync(http);
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            var trace = Activity.Current?.Id ?? http.TraceIdentifier;
            Failed(log, fault, http.Request.Method, Telemetry.PlaceOf(http), trace);
            http.Response.Clear();
            await Problems
                .Of(texts, StatusCodes.Status500InternalServerError, Refusal.Because("server.fault"), trace)
                .ExecuteAsync(http);
        }
    }

    private static Refusal Unanswered(int status) =>
        status switch
        {
            StatusCodes.Status404NotFound => Refusal.Because("request.route-unknown"),
            StatusCodes.Status405MethodNotAllowed => Refusal.Because("request.method-unknown"),
            StatusCodes.Status413PayloadTooLarge => Refusal.Because("request.too-large"),
            StatusCodes.Status415UnsupportedMediaType => Refusal.Because("request.not-json"),
            _ => Refusal.Because("request.unreadable"),
        };

    private static Refusal Unreadable(HttpContext http, BadHttpRequestException cause) =>
        cause switch
        {
            { StatusCode: StatusCodes.Status413PayloadTooLarge } => Refusal.Because("request.too-large"),
            { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Refusal.Because("request.not-json"),
            { InnerException: JsonException { Path: { } path } } when FieldOf(path) is { } field => Refusal.At(
                field,
                "request.unreadable"
            ),
            { InnerException: null } when Requests.IsEmpty(http) => Refusal.Because("request.body-missing"),
            _ => Refusal.Because("request.unreadable"),
        };

    /// <summary><c>$.title</c> → <c>title</c>; only what can be a field's name is repeated to the client.</summary>
    private static string? FieldOf(string path)
    {
        var name = path.Split('.', '[').ElementAtOrDefault(1);
        return name is { Length: > 0 and <= 40 } && name.All(char.IsAsciiLetterOrDigit) ? name : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed ({Trace})")]
    private static partial void Failed(ILogger log, Exception fault, string method, string path, string trace);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} found no database to serve it: {Reason}")]
    private static partial void Waits(ILogger log, string method, string path, string reason);
}
