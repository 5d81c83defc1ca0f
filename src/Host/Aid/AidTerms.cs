using EduUnion.Host.Web;

namespace EduUnion.Host.Aid;

/// <summary>What the values of the aid journey are called: <c>aidterm.{type}.{value}</c>.</summary>
public static class AidTerms
{
    public static string Term<T>(this Texts texts, T value)
        where T : struct, Enum => texts[Key(value)];

    /// <summary>In the language of the request; a dash for what is not said.</summary>
    public static string Term<T>(this Texts texts, T? value)
        where T : struct, Enum => value is { } said ? texts[Key(said)] : "—";

    public static string Key<T>(T value)
        where T : struct, Enum => $"aidterm.{typeof(T).Name}.{value}";

    /// <summary>Every value as something to choose.</summary>
    public static IReadOnlyList<Web.Components.Choice> Choices<T>(this Texts texts)
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(v => new Web.Components.Choice(v.ToString(), texts.Term(v)))];
}
