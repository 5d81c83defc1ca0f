using System.Globalization;
using EduUnion.Domain;
using EduUnion.Host.Mail;
using EduUnion.Host.Web;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Tests.Resources;

public sealed class TextsTests
{
    private static readonly IReadOnlyDictionary<string, string> Chinese = Flat(Texts.Chinese);
    private static readonly IReadOnlyDictionary<string, string> English = Flat(Texts.English);

    [Fact]
    public void Areas_AreTheSameInBothLanguages() =>
        Assert.Equal(
            Texts.ReadAll(Texts.Chinese).Keys.Order(StringComparer.Ordinal),
            Texts.ReadAll(Texts.English).Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Keys_HaveBothLanguagesAndTheSamePlaceholders() => Assert.Empty(WordGaps.Between(Chinese, English));

    [Fact]
    public void Gaps_AreSeen_Canary()
    {
        Dictionary<string, string> chinese = new()
        {
            ["a"] = "{0} 个",
            ["b"] = "乙",
            ["n"] = "{0} 件",
        };
        Dictionary<string, string> english = new()
        {
            ["a"] = "some",
            ["c"] = "c",
            ["n"] = "{0} things",
            ["n.one"] = "{1}",
        };

        Assert.Equal(
            [
                "b has no English words",
                "c has no Chinese words",
                "a has other placeholders in English",
                "n.one has placeholders that n has not",
            ],
            WordGaps.Between(chinese, english)
        );
    }

    [Fact]
    public void Catalogue_HasWordsForEveryStepOutcomeFieldAndOption()
    {
        Assert.Empty(WordGaps.Of(StepCatalogue.Shipped.All, Chinese));
        Assert.Empty(WordGaps.Of(StepCatalogue.Shipped.All, English));
    }

    /// <summary>A reader of English meets no Chinese between the steps of a shipped process.</summary>
    [Fact]
    public void ShippedDocuments_AreDrawnInBothLanguages() =>
        Assert.Empty(
            DefinitionSet
                .Shipped.All.SelectMany(d => d.Activities.Values)
                .Where(a => a.Type != ActivityTypes.RunTask && !Chinese.ContainsKey("place." + a.Id))
                .Select(a => "drawn." + a.DisplayText)
                .Distinct()
                .Except(Chinese.Keys)
        );

    /// <summary>Whoever must act, and whoever waits, reads a sentence and no name of a step.</summary>
    [Fact]
    public void HumanSteps_SayWhatIsWantedDoneAndStuck()
    {
        var asked = StepCatalogue
            .Shipped.All.Where(s => s.Kind == StepKind.Human)
            .SelectMany(s => new[] { $"wanted.{s.Name}", $"do.{s.Name}", $"stuck.{s.Name}" })
            .ToList();

        Assert.Contains("stuck.handling.sign", asked);
        Assert.DoesNotContain(asked, k => !Chinese.ContainsKey(k) || !English.ContainsKey(k));
    }

    [Fact]
    public void Catalogue_WithoutWords_IsSeen_Canary()
    {
        StepSpec step = new("canary.sing", StepKind.Human, "whistle")
        {
            Fields = [new("tune", FieldType.Choice) { Options = ["high"] }],
        };

        Assert.Equal(
            ["step.canary.sing", "outcome.whistle", "field.tune", "option.tune.high"],
            WordGaps.Of([step], Chinese)
        );
    }

    [Fact]
    public void MailsOfACase_HaveNamesInItsTimeline()
    {
        var unnamed = NoticeKind
            .All.Where(k => k.Args.Contains("case") && !k.Code.StartsWith("moved.", StringComparison.Ordinal))
            .Select(k => "mail." + k.Code)
            .Except(Chinese.Keys);
        Assert.Empty(unnamed);
    }

    [Fact]
    public void Sources_AskOnlyForKeysThatExist()
    {
        var asked = Sources().SelectMany(f => WordGaps.Asked(File.ReadAllText(f))).ToHashSet();

        Assert.NotEmpty(asked);
        Assert.DoesNotContain(asked, k => !Chinese.ContainsKey(k));
    }

    [Fact]
    public void Asked_FindsLiteralKeys_Canary() =>
        Assert.Equal(
            ["a.b", "c.d-e", "f.g"],
            WordGaps.Asked("""@T["a.b"] texts["c.d-e", 1] T.In(Language.Current, "f.g") T["nav." + x] row["z.z"]""")
        );

    [Fact]
    public void English_HasNoChineseCharacters() =>
        Assert.Equal(
            ["frame.language"],
            English.Where(t => t.Value.Any(c => c >= 0x2E80 && c < 0xFF00)).Select(t => t.Key)
        );

    [Fact]
    public void Of_Refusal_FillsArgumentsAndWritesDates()
    {
        var texts = new Texts();

        Assert.Equal(
            "已过提出延期的期限（10月8日 周四）",
            InCulture(Texts.Chinese, () => texts.Of(Refusal.Because("extension.too-late", new DateOnly(2026, 10, 8))))
        );
        Assert.Equal(
            "2 co-signers missing (at least 3 needed)",
            InCulture(Texts.English, () => texts.Of(Refusal.At("cosigners", "motion.cosigners-missing", 2, 3)))
        );
    }

    [Fact]
    public void In_UnknownKey_IsTheKey() => Assert.Equal("no.such", new Texts().In(Texts.English, "no.such"));

    [Fact]
    public void Key_InTwoAreas_Throws()
    {
        KeyValuePair<string, string>[] twice = [new("a", "1"), new("a", "2")];

        Assert.Throws<ArgumentException>(() =>
            new Texts(new Dictionary<string, IEnumerable<KeyValuePair<string, string>>> { [Texts.Chinese] = twice })
        );
    }

    internal static T InCulture<T>(string language, Func<T> act)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return act();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static Dictionary<string, string> Flat(string language) =>
        Texts.ReadAll(language).SelectMany(a => a.Value).ToDictionary();

    private static IEnumerable<string> Sources() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src", "Host"), "*.cs*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));
}
