using EduUnion.Host.Web;

namespace EduUnion.Host.Tests.Resources;

/// <summary>Nobody is ever refused with a bare code.</summary>
public sealed class RefusalWordsTests
{
    [Theory]
    [InlineData(Texts.Chinese)]
    [InlineData(Texts.English)]
    public void EveryRefusal_HasWords(string language)
    {
        var words = Texts.ReadAll(language).SelectMany(a => a.Value.Keys).ToHashSet();
        var codes = Sources().SelectMany(f => RefusalWords.CodesIn(File.ReadAllText(f))).ToHashSet();

        Assert.Contains("task.already-decided", codes);
        Assert.Contains("auth.password-short", codes);
        Assert.Empty(codes.Select(c => "refusal." + c).Except(words));
    }

    [Fact]
    public void Codes_AreFoundInEveryForm_Canary() =>
        Assert.Equal(
            ["a.one", "b.two-three", "c.four", "d.five", "e.six"],
            RefusalWords.CodesIn(
                """
                Refusal.Because("a.one", 1); new Refusal("b.two-three", RefusalKind.Stale); Refusal.Missing("c.four");
                Refusal.At("field", "d.five", "x.y"); Refusal.At(
                    "other",
                    "e.six"
                ); Refused("f.seven"); Refusal.Because("g." + x);
                """
            )
        );

    private static IEnumerable<string> Sources() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));
}
