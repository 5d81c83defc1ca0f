using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Web;

namespace EduUnion.Host.Pages;

/// <summary>What a case is called in a list: a motion by its own title, all else by what it is, in the reader's language.</summary>
internal static class CaseWords
{
    public static string Title(Texts texts, TaskItem item) => Title(texts, item.CaseKind, item.Title);

    public static string Title(Texts texts, string kind, string title) =>
        kind == MotionCase.KindName ? title : texts["desk.case." + kind];

    /// <summary>Its page; a re-verification has none of its own but its one task.</summary>
    public static string Href(string kind, Guid caseId, Guid taskId) =>
        kind switch
        {
            AidCase.KindName => $"/aid/{caseId}",
            ObjectionCase.KindName => $"/objections/{caseId}",
            VerificationCase.KindName => $"/tasks/{taskId}",
            _ => $"/motions/{caseId}",
        };
}
