using EduUnion.Domain.Aid;
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

    /// <summary>Why it ended: what somebody wrote, or the sentence of the ceiling; null where nobody said.</summary>
    public static string? EndReason(this Texts texts, AidApplication aid) =>
        aid.EndReason ?? (aid.EndCeiling is { } ceiling ? texts.Sentence(ceiling) : null);

    public static string Sentence(this Texts texts, CeilingReached ceiling) =>
        texts["refusal." + ceiling.Code, [.. ceiling.Arguments]];
}
