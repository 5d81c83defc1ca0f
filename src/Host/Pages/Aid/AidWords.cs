using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Web;

namespace EduUnion.Host.Pages.Aid;

/// <summary>What values of an application are called; kinds of members have their words elsewhere.</summary>
public static class AidWords
{
    /// <summary>Empty for what is not said.</summary>
    public static string Word<T>(this Texts texts, T? value)
        where T : struct, Enum =>
        value switch
        {
            null => "",
            MemberKind kind => texts[$"memberkind.{kind}"],
            { } said => texts[AidTerms.Key(said)],
        };
}
