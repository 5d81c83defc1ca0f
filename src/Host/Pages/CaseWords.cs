using EduUnion.Host.Cases;
using EduUnion.Host.Web;

namespace EduUnion.Host.Pages;

/// <summary>What a case is called in a list: a motion by its own title, all else by what it is, in the reader's language.</summary>
internal static class CaseWords
{
    public static string Title(Texts texts, TaskItem item) =>
        item.CaseKind == MotionCase.KindName ? item.Title : texts["desk.case." + item.CaseKind];
}
