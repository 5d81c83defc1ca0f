using EduUnion.Domain.Motions;

namespace EduUnion.Domain.Tests.Motions;

public class MotionContentTests
{
    private static readonly string Grounds = new('因', MotionContent.GroundsMin);

    [Fact]
    public void Check_CompleteAtItsLimits_IsAccepted()
    {
        var content = MotionContent.Of(
            new string('案', MotionContent.TitleMax),
            "other",
            new string('因', MotionContent.GroundsMax),
            Enumerable.Repeat(new string('议', MotionContent.ProposalMax), MotionContent.ProposalsMax)
        );

        Assert.Null(content.Check(complete: true));
    }

    [Fact]
    public void Check_UnfinishedDraft_NeedsOnlyItsTitle()
    {
        var content = MotionContent.Of("午休", null, null, null);

        Assert.Null(content.Check(complete: false));
        Assert.Equal(
            ["motion.category-unknown", "motion.grounds-too-short", "motion.proposals-missing"],
            content.Check(complete: true)!.Fields.Select(f => f.Code)
        );
    }

    public static TheoryData<MotionContent, string, string> Wrong =>
        new()
        {
            { Given.Content with { Title = "" }, "motion.title-missing", "title" },
            { Given.Content with { Title = new string('案', 41) }, "motion.title-too-long", "title" },
            { Given.Content with { Title = "午\n休" }, "text.control-characters", "title" },
            { Given.Content with { Category = "sport" }, "motion.category-unknown", "category" },
            { Given.Content with { Grounds = new string('因', 49) }, "motion.grounds-too-short", "grounds" },
            { Given.Content with { Grounds = new string('因', 5001) }, "motion.grounds-too-long", "grounds" },
            { Given.Content with { Grounds = Grounds + "\u0007" }, "text.control-characters", "grounds" },
            { Given.Content with { Proposals = [] }, "motion.proposals-missing", "proposals" },
            {
                Given.Content with
                {
                    Proposals = [.. Enumerable.Repeat("设置", 21)],
                },
                "motion.proposals-too-many",
                "proposals"
            },
            { Given.Content with { Proposals = [new string('议', 1001)] }, "motion.proposal-too-long", "proposals" },
            { Given.Content with { Proposals = ["设\u0000置"] }, "text.control-characters", "proposals" },
        };

    [Theory, MemberData(nameof(Wrong))]
    public void Check_WrongPart_IsRefusedAtItsField(MotionContent content, string code, string field)
    {
        var refusal = content.Check(complete: true)!;

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void Check_SeveralWrong_AreToldTogether() =>
        Assert.Equal("form.invalid", (Given.Content with { Title = "", Proposals = [] }).Check(complete: true)!.Code);

    [Fact]
    public void Check_CountsCharactersAsPeopleDo()
    {
        // Each of these is two UTF-16 units.
        var content = Given.Content with
        {
            Title = string.Concat(Enumerable.Repeat("𠮷", 40)),
        };

        Assert.Null(content.Check(complete: true));
    }
}
