using System.Collections.Immutable;

namespace EduUnion.Domain.Motions;

/// <summary>The three canonical parts of a motion (案名、案由、建议方案) and its category; one matter a motion (M-04).</summary>
public sealed record MotionContent(string Title, string Category, string Grounds, ImmutableArray<string> Proposals)
{
    public const int TitleMax = 40;
    public const int GroundsMin = 50;
    public const int GroundsMax = 5000;
    public const int ProposalMax = 1000;
    public const int ProposalsMax = 20;

    /// <summary>提案类别 (domain §2.3), stable codes; names are in the Host's resources.</summary>
    public static readonly ImmutableArray<string> Categories =
    [
        "development",
        "teaching",
        "staff",
        "personnel",
        "administration",
        "logistics",
        "welfare",
        "safety",
        "democracy",
        "other",
    ];

    public static MotionContent Of(string? title, string? category, string? grounds, IEnumerable<string?>? proposals) =>
        new(
            (title ?? "").Trim(),
            (category ?? "").Trim(),
            (grounds ?? "").Trim().ReplaceLineEndings("\n"),
            [.. (proposals ?? []).Select(p => (p ?? "").Trim().ReplaceLineEndings("\n")).Where(p => p.Length > 0)]
        );

    /// <summary>
    /// What is wrong with it. A draft may be unfinished but not malformed; a submitted one must be complete. Codes:
    /// <c>motion.title-missing</c>, <c>motion.title-too-long</c>, <c>text.control-characters</c>,
    /// <c>motion.category-unknown</c>, <c>motion.grounds-too-short</c>, <c>motion.grounds-too-long</c>,
    /// <c>motion.proposals-missing</c>, <c>motion.proposals-too-many</c>, <c>motion.proposal-too-long</c>.
    /// </summary>
    public Refusal? Check(bool complete)
    {
        var found = new List<Refusal>();
        if (Title.Length == 0)
            found.Add(Refusal.At("title", "motion.title-missing"));
        else if (Length(Title) > TitleMax)
            found.Add(Refusal.At("title", "motion.title-too-long", TitleMax, Length(Title)));
        else if (Title.Any(char.IsControl))
            found.Add(Refusal.At("title", "text.control-characters"));
        if (!Categories.Contains(Category) && (complete || Category.Length > 0))
            found.Add(Refusal.At("category", "motion.category-unknown"));
        if (complete && Length(Grounds) < GroundsMin)
            found.Add(Refusal.At("grounds", "motion.grounds-too-short", GroundsMin, Length(Grounds)));
        else if (Length(Grounds) > GroundsMax)
            found.Add(Refusal.At("grounds", "motion.grounds-too-long", GroundsMax, Length(Grounds)));
        else if (HasControl(Grounds))
            found.Add(Refusal.At("grounds", "text.control-characters"));
        if (complete && Proposals.Length == 0)
            found.Add(Refusal.At("proposals", "motion.proposals-missing"));
        else if (Proposals.Length > ProposalsMax)
            found.Add(Refusal.At("proposals", "motion.proposals-too-many", ProposalsMax));
        else if (Proposals.Any(p => Length(p) > ProposalMax))
            found.Add(Refusal.At("proposals", "motion.proposal-too-long", ProposalMax));
        else if (Proposals.Any(HasControl))
            found.Add(Refusal.At("proposals", "text.control-characters"));
        return Refusal.Of(found);
    }

    // Characters as people count them: a surrogate pair is one.
    private static int Length(string text) => text.EnumerateRunes().Count();

    private static bool HasControl(string text) => text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'));
}
