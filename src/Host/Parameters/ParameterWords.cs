using EduUnion.Domain;
using EduUnion.Host.Web;

namespace EduUnion.Host.Parameters;

/// <summary>Parameters as people read them, in the language of the request.</summary>
public sealed class ParameterWords(Texts texts)
{
    /// <summary>The groups of the list in their order; a key belongs to the first whose beginning it has.</summary>
    public static IReadOnlyList<(string Family, string[] Beginnings)> Families { get; } =
    [
        ("congress", ["congress.", "vote.", "quorum"]),
        (
            "filing",
            ["motion.", "cosign.", "takeover.", "lead_offer.", "check.", "review.", "resubmit.", "appeal.", "assign."]
        ),
        (
            "handling",
            ["receipt.", "transfer.", "reassign.", "answer.", "coanswer.", "sign.", "ext.", "contact.", "urge."]
        ),
        ("feedback", ["feedback.", "rehandle.", "supervise.", "commitment."]),
        (
            "aid",
            [
                "aid.",
                "hint.",
                "publish.",
                "notice.",
                "renotice.",
                "objection.",
                "approve.",
                "account.",
                "emergency.",
                "receipt_confirm.",
                "followup.",
                "verification.",
                "visit.",
                "fund.",
                "mutual.",
                "assessment.",
            ]
        ),
        ("report", ["report.", "retention."]),
        ("calendar", ["suspend."]),
        ("remind", ["remind.", "escalate"]),
    ];

    /// <summary>For keys of journeys that the list does not know yet.</summary>
    public const string OtherFamily = "other";

    public static string FamilyOf(string key) =>
        Families.FirstOrDefault(f => f.Beginnings.Any(b => key.StartsWith(b, StringComparison.Ordinal))).Family
        ?? OtherFamily;

    public string Name(ParameterKey key) => Language.IsEnglish ? key.En : key.Zh;

    /// <summary>30 个工作日 · 30 working days; 不设 for an empty list.</summary>
    public string Value(ParameterKey key, string value) =>
        key.Type switch
        {
            not ParameterType.Numbers when value.Length == 0 => texts["parameter.unset"],
            ParameterType.Flag => texts[$"parameter.flag.{value}"],
            ParameterType.Choice => Option(key, value),
            ParameterType.Numbers when value.Length == 0 => texts["parameter.none"],
            ParameterType.Numbers => Of(key, value.Replace(",", texts["clock.separator"], StringComparison.Ordinal)),
            ParameterType.Number => Of(key, value),
            ParameterType.Money when Money.Parse(value) is { } amount => texts["parameter.unit.yuan", amount],
            ParameterType.Factor => texts["parameter.unit.factor", value],
            _ => value,
        };

    public string Option(ParameterKey key, string option) =>
        texts.Has($"parameter.option.{key.Key}.{option}") ? texts[$"parameter.option.{key.Key}.{option}"] : option;

    /// <summary>What may be typed, one sentence.</summary>
    public string Rule(ParameterKey key) =>
        key.Type switch
        {
            ParameterType.Number => texts["parameter.rule.number", key.Min, key.Max],
            ParameterType.Numbers => texts["parameter.rule.numbers", key.Min, key.Max, ParameterKey.LongestList],
            ParameterType.Fraction => texts["parameter.rule.fraction"],
            ParameterType.Money => texts["parameter.rule.money"],
            ParameterType.Factor => texts["parameter.rule.factor", key.Min, key.Max],
            _ => texts["parameter.rule.choice"],
        };

    private string Of(ParameterKey key, string figure) =>
        key.Unit is null ? figure
        : figure == "1" && texts.Has($"parameter.unit.{key.Unit}.one") ? texts[$"parameter.unit.{key.Unit}.one", figure]
        : texts[$"parameter.unit.{key.Unit}", figure];
}
