using System.Text.RegularExpressions;
using EduUnion.Host.Web;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Tests.Resources;

/// <summary>What is wrong with the words, as sentences; empty = nothing.</summary>
internal static partial class WordGaps
{
    public static IEnumerable<string> Between(
        IReadOnlyDictionary<string, string> chinese,
        IReadOnlyDictionary<string, string> english
    )
    {
        foreach (var key in chinese.Keys.Except(english.Keys))
            yield return $"{key} has no English words";
        foreach (var key in english.Keys.Except(chinese.Keys).Where(k => !IsSingular(k, chinese)))
            yield return $"{key} has no Chinese words";
        foreach (var (key, text) in chinese.Where(t => english.ContainsKey(t.Key)))
        {
            if (!Placeholders(text).SetEquals(Placeholders(english[key])))
                yield return $"{key} has other placeholders in English";
            if (text.Length == 0 || english[key].Length == 0)
                yield return $"{key} is empty";
        }
        foreach (var (key, text) in english.Where(t => IsSingular(t.Key, chinese)))
            if (!Placeholders(text).IsSubsetOf(Placeholders(chinese[key[..^4]])))
                yield return $"{key} has placeholders that {key[..^4]} has not";
    }

    public static IEnumerable<string> Of(IEnumerable<StepSpec> steps, IReadOnlyDictionary<string, string> words)
    {
        foreach (var step in steps)
        {
            if (!words.ContainsKey("step." + step.Name))
                yield return $"step.{step.Name}";
            foreach (var outcome in step.Outcomes)
                if (!StepWords.Keys("outcome", step.Name, outcome.Name).Any(words.ContainsKey))
                    yield return $"outcome.{outcome.Name}";
            foreach (var field in step.Fields)
            {
                if (!StepWords.Keys("field", step.Name, field.Name).Any(words.ContainsKey))
                    yield return $"field.{field.Name}";
                foreach (var option in field.Options)
                    if (!words.ContainsKey($"option.{field.Name}.{option}"))
                        yield return $"option.{field.Name}.{option}";
            }
        }
    }

    /// <summary>The keys a source file asks for by a literal: <c>T["…"]</c>, <c>texts["…"]</c>.</summary>
    public static IEnumerable<string> Asked(string source) =>
        Literal().Matches(source).Select(m => m.Groups[1].Value).Where(k => k.Contains('.') && !k.EndsWith('.'));

    private static bool IsSingular(string key, IReadOnlyDictionary<string, string> chinese) =>
        key.EndsWith(".one", StringComparison.Ordinal) && chinese.ContainsKey(key[..^4]);

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""\b(?:T|texts|_texts)(?:\[|\.In\([^,()"]+, )"([A-Za-z0-9.-]+)"(?! \+)""")]
    private static partial Regex Literal();
}
