using EduUnion.Domain;

namespace EduUnion.Host.Cases;

/// <summary>A comment or reason beside a form: plain text of bounded length.</summary>
internal static class Remark
{
    private const int Longest = 2000;

    /// <summary>Refusals: <c>form.too-long</c>, <c>text.control-characters</c>.</summary>
    public static Refusal? Check(string field, string? text) =>
        text is null ? null
        : text.Length > Longest ? Refusal.At(field, "form.too-long", Longest, text.Length)
        : text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            ? Refusal.At(field, "text.control-characters")
        : null;
}
