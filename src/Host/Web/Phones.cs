namespace EduUnion.Host.Web;

/// <summary>Telephone numbers as schools write them, with the word for an extension in the language of the page.</summary>
public static class Phones
{
    /// <summary>分机 2101 · ext. 2101</summary>
    public static string Here(string phone) =>
        Language.IsEnglish ? phone.Replace("分机", "ext.", StringComparison.Ordinal) : phone;
}
