using EduUnion.Workflows.Definitions;

namespace EduUnion.Host.Tests.Cases;

/// <summary>The shipped definitions with one text in the motion's document replaced: what a faulty publication would be.</summary>
internal static class AlteredMotion
{
    /// <summary>The switch after the committee's vote reads something that does not exist.</summary>
    public static DefinitionSet WhoseVerdictFails { get; } =
        With("getDecision().outcome === \\\"", "absent.outcome === \\\"");

    /// <summary>A review that nobody finishes is returned: the case refuses, for want of a reason.</summary>
    public static DefinitionSet WhoseReviewReturnsByItself { get; } =
        With(
            "\\\"name\\\":\\\"review\\\",\\\"span\\\":\\\"step\\\",\\\"onExpiry\\\":\\\"remind\\\"",
            "\\\"name\\\":\\\"review\\\",\\\"span\\\":\\\"step\\\",\\\"onExpiry\\\":{\\\"outcome\\\":\\\"return\\\"}"
        );

    /// <summary>A motion is filed only when the whole committee says so, so that everybody's vote is needed.</summary>
    public static DefinitionSet WhoseCommitteeMustAgree { get; } =
        With(
            "\\\"pass\\\":\\\"1/2\\\",\\\"over\\\":\\\"total\\\",\\\"strict\\\":true",
            "\\\"pass\\\":\\\"1/1\\\",\\\"over\\\":\\\"total\\\""
        );

    private static DefinitionSet With(string before, string after)
    {
        var text = DefinitionSet.Shipped.Latest("motion")!.Document.GetRawText();
        Assert.Contains(before, text, StringComparison.Ordinal);
        var altered = DefinitionReader.Read(text.Replace(before, after, StringComparison.Ordinal));
        return DefinitionSet.Of(
            DefinitionSet.Shipped.All.Where(d => d.DefinitionId != "motion").Append(altered.Definition!)
        );
    }
}
