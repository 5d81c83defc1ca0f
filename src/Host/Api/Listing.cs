using EduUnion.Domain;

namespace EduUnion.Host.Api;

/// <summary>What every list is asked with: <c>limit</c> (1–200, else 50) and <c>after</c>, the key of the page before.</summary>
internal static class Listing
{
    private const int Usual = 50;
    private const int Longest = 200;

    public static Outcome<int> Limit(int? asked) =>
        asked is null ? Usual
        : asked is >= 1 and <= Longest ? asked.Value
        : Refusal.At("limit", "list.limit", Longest);

    /// <summary>A text to search for: at most 100 characters, none that cannot be printed.</summary>
    public static Outcome<string?> Text(string? asked) =>
        asked is { Length: > 100 } ? Refusal.At("q", "form.too-long", 100, asked.Length)
        : asked?.Any(char.IsControl) == true ? Refusal.At("q", "text.control-characters")
        : asked;
}
