using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace EduUnion.Host.Mail;

/// <summary>The texts of <c>Resources/Mail*.resx</c> in one language, with <c>{name}</c> for what is filled in.</summary>
internal sealed partial class MailWords
{
    private static readonly ResourceManager Resources = new("EduUnion.Host.Resources.Mail", typeof(MailWords).Assembly);

    private readonly CultureInfo _culture;

    private MailWords(string culture) => _culture = CultureInfo.GetCultureInfo(culture);

    public static readonly MailWords Chinese = new("zh-CN");
    public static readonly MailWords English = new("en");

    public string Language => _culture.Name;

    public static MailWords In(string language) =>
        language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English : Chinese;

    /// <summary>The text as it stands in the file; a missing one is a bug and throws.</summary>
    public string Raw(string name) =>
        Resources.GetString(name, _culture) ?? throw new InvalidOperationException($"No mail text {name}");

    /// <summary>The text filled in once: a value that itself contains <c>{name}</c> stays as it was typed.</summary>
    public string Say(string name, IReadOnlyDictionary<string, string> values) =>
        Placeholder()
            .Replace(
                Raw(name),
                match =>
                    values.TryGetValue(match.Groups[1].Value, out var value)
                        ? value
                        : throw new InvalidOperationException($"The mail text {name} lacks {match.Value}")
            );

    public string Say(string name, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var dictionary = new Dictionary<string, string>();
        foreach (var (key, value) in values)
            dictionary[key] = value;
        return Say(name, dictionary);
    }

    public string Date(DateOnly date) => date.ToString(Raw("date"), _culture);

    /// <summary>剩 3 个工作日 · 今天到期 · 已逾期 2 个工作日.</summary>
    public string Left(int workingDays)
    {
        var name = workingDays switch
        {
            1 => "left.one",
            > 1 => "left.many",
            0 => "left.today",
            -1 => "left.over.one",
            _ => "left.over.many",
        };
        return Say(name, ("n", Math.Abs(workingDays).ToString(CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.CultureInvariant)]
    internal static partial Regex Placeholder();
}
