using EduUnion.Domain;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

/// <summary>
/// The one place where a "no" becomes problem details (RFC 9457): the status of its kind, its code, its sentence in the
/// caller's language as title and, for a form, the sentences by field. Its arguments are in the sentences only.
/// </summary>
internal static class Problems
{
    /// <summary>The field of a refusal that belongs to the whole form.</summary>
    private const string WholeForm = "form";

    public static int StatusOf(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.Missing => StatusCodes.Status404NotFound,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
            _ => StatusCodes.Status422UnprocessableEntity,
        };

    public static ProblemHttpResult Of(Texts texts, Refusal refusal) => Of(texts, StatusOf(refusal.Kind), refusal);

    public static ProblemHttpResult Of(Texts texts, int status, Refusal refusal, string? traceId = null)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = refusal.Code };
        var errors = (refusal.Fields.IsEmpty ? [refusal] : refusal.Fields)
            .Where(r => r.Field is not null || !refusal.Fields.IsEmpty)
            .GroupBy(r => r.Field ?? WholeForm)
            .ToDictionary(g => g.Key, g => g.Select(texts.Of).Distinct().ToList());
        if (errors.Count > 0)
            extensions["errors"] = errors;
        if (traceId is not null)
            extensions["traceId"] = traceId;
        return TypedResults.Problem(statusCode: status, title: texts.Of(refusal), extensions: extensions);
    }
}
