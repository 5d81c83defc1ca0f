using EduUnion.Domain;

namespace EduUnion.Host.Web;

/// <summary>From a refusal to the sentences beside a form's fields.</summary>
public static class FormErrors
{
    public static string? At(Refusal? refusal, string field, Texts texts) =>
        Each(refusal).FirstOrDefault(r => r.Field == field) is { } at ? texts.Of(at) : null;

    public static IEnumerable<Refusal> Each(Refusal? refusal) =>
        refusal is null ? []
        : refusal.Fields.IsEmpty ? [refusal]
        : refusal.Fields;

    /// <summary>The one HTTP status of a refusal, also where the answer is a page.</summary>
    public static int Status(Refusal refusal) =>
        refusal.Kind switch
        {
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.Missing => StatusCodes.Status404NotFound,
            RefusalKind.Conflict => StatusCodes.Status409Conflict,
            RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
}
