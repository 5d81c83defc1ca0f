using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.People;

namespace EduUnion.Host.Web;

/// <summary>
/// All words of the product, from the embedded <c>Resources/{language}/{area}.json</c>: flat files of dotted keys, one file
/// an area, so that people who add keys at the same time touch different files. A key stands in exactly one area and in
/// both languages (a test watches). <c>{0}</c> are filled in order; dates among the arguments are written as
/// <see cref="Dates"/> does. English may add <c>key.one</c>, taken when the first argument is 1.
/// </summary>
public sealed class Texts
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    /// <summary>The default language first.</summary>
    public static IReadOnlyList<string> Languages { get; } = [Chinese, English];

    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _texts;

    public Texts()
        : this(Languages.ToDictionary(l => l, l => ReadAll(l).SelectMany(area => area.Value))) { }

    /// <summary>Words from elsewhere than the embedded files; a key given twice throws.</summary>
    public Texts(IReadOnlyDictionary<string, IEnumerable<KeyValuePair<string, string>>> texts) =>
        _texts = texts.ToFrozenDictionary(
            t => t.Key,
            t => t.Value.ToDictionary(StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal)
        );

    private static string Language =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == English ? English : Chinese;

    /// <summary>The words in the language of the request; the key itself when it is unknown.</summary>
    public string this[string key] => In(Language, key);

    /// <inheritdoc cref="this[string]"/>
    public string this[string key, params ReadOnlySpan<object?> arguments] => In(Language, key, arguments);

    /// <summary>Whether the key has words in the language of the request.</summary>
    public bool Has(string key) => Find(Language, key) is not null;

    /// <summary>The words in a language that is not the request's (mail, documents); the key itself when it is unknown.</summary>
    public string In(string language, string key, params ReadOnlySpan<object?> arguments)
    {
        var one = arguments is [1 or 1L, ..] ? Find(language, key + ".one") : null;
        var text = one ?? Find(language, key) ?? key;
        if (arguments.IsEmpty)
            return text;
        var culture = CultureInfo.GetCultureInfo(language);
        var words = new object?[arguments.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = arguments[i] switch
            {
                DateOnly day => Dates.Day(day, culture),
                DateTimeOffset instant => Dates.Instant(instant, culture),
                Office office => In(language, $"office.{office}"),
                var other => other,
            };
        return string.Format(culture, text, words);
    }

    /// <summary>The sentence of a refusal: key <c>refusal.{code}</c>.</summary>
    public string Of(Refusal refusal) => In(Language, "refusal." + refusal.Code, refusal.Arguments.AsSpan());

    /// <summary>Every area of a language with its words, as embedded.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ReadAll(string language)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"texts/{language}/";
        return assembly
            .GetManifestResourceNames()
            .Select(n => (Name: n, Path: n.Replace('\\', '/')))
            .Where(n => n.Path.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(
                n => Path.GetFileNameWithoutExtension(n.Path),
                n =>
                {
                    using var stream = assembly.GetManifestResourceStream(n.Name)!;
                    return (IReadOnlyDictionary<string, string>)
                        JsonSerializer.Deserialize<Dictionary<string, string>>(stream, NoDuplicates)!;
                }
            );
    }

    private static readonly JsonSerializerOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    private string? Find(string language, string key) => _texts[language].GetValueOrDefault(key);
}
