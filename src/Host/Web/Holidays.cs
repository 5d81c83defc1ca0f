namespace EduUnion.Host.Web;

/// <summary>Names of days off: the statutory ones are known in both languages, a school's own stay as they were written.</summary>
public static class Holidays
{
    public static string Name(Texts texts, string name) =>
        texts.Has("holiday." + name) ? texts["holiday." + name] : name;
}
