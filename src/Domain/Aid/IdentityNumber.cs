using System.Globalization;

namespace EduUnion.Domain.Aid;

/// <summary>
/// A resident identity number (公民身份号码, GB 11643): 17 digits with the day of birth and the sex in them, and a check
/// character. Made by <see cref="Parse"/> only.
/// </summary>
public readonly record struct IdentityNumber
{
    private const string Checks = "10X98765432";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private IdentityNumber(string value) => Value = value;

    public string Value { get; }

    public DateOnly BirthDate => DateOnly.ParseExact(Value[6..14], "yyyyMMdd", CultureInfo.InvariantCulture);

    public bool IsFemale => (Value[16] - '0') % 2 == 0;

    /// <summary>As it is shown: first and last character (domain §3.9), <c>3****************X</c>.</summary>
    public override string ToString() => Masking.Identity(Value);

    /// <summary>How people type it: spaces in it, a small x, full-width characters.</summary>
    public static string Normalize(string? typed) =>
        new([
            .. (typed ?? "")
                .Where(c => !char.IsWhiteSpace(c))
                .Select(c => c is >= '！' and <= '～' ? (char)(c - '！' + '!') : c)
                .Select(char.ToUpperInvariant),
        ]);

    /// <summary>Null when it is none: length, digits, a real day of birth, and the check character.</summary>
    public static IdentityNumber? Parse(string? typed)
    {
        var text = Normalize(typed);
        if (text.Length != 18 || !text[..17].All(char.IsAsciiDigit))
            return null;
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += (text[i] - '0') * Weights[i];
        return
            text[17] == Checks[sum % 11]
            && DateOnly.TryParseExact(
                text[6..14],
                "yyyyMMdd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var born
            )
            && born.Year >= 1900
            ? new IdentityNumber(text)
            : null;
    }
}
