using System.Collections.Immutable;

namespace EduUnion.Domain.Statistics;

// The numbers beside the rates.
public sealed partial class MotionStatistics
{
    private IEnumerable<Tally> List()
    {
        yield return new(TallyKind.Submitted, Sample.Of(_submitted));
        yield return new(TallyKind.WithdrawnBeforeFiling, Sample.Of(_submitted.Where(IsWithdrawnBeforeFiling)));
        yield return new(TallyKind.Filed, Sample.Of(Filed));
        yield return new(TallyKind.Cases, Sample.Of(_cases));
        yield return new(TallyKind.Opinions, Sample.Of(_submitted.Where(IsOpinion)));
        yield return new(TallyKind.Rejected, Sample.Of(_submitted.Where(m => m.RejectedOn <= AsOf)));
        yield return new(TallyKind.WithdrawnAfterFiling, Sample.Of(Filed.Where(m => m.WithdrawnOn <= AsOf)));
        yield return new(TallyKind.Overdue, Sample.Of(_cases.Where(c => c is { IsDue: true, IsReplied: false })));
        yield return new(TallyKind.Dissent, Sample.Of(_cases.Where(c => c.IsDissent)));
        yield return new(
            TallyKind.Lapsed,
            Sample.Of(_asked.Where(m => m.Forms.LastOrDefault(f => f.SentOn <= AsOf)?.LapsedOn <= AsOf))
        );
        var above = -1;
        foreach (var (kind, days) in Times)
        {
            yield return new(kind, Sample.Of(_cases.Where(c => c.DaysToReply > above && c.DaysToReply <= days)));
            above = days;
        }
        yield return new(TallyKind.Unreplied, Sample.Of(_cases.Where(c => !c.IsReplied)));
    }

    private static readonly ImmutableArray<(TallyKind, int)> Times =
    [
        (TallyKind.RepliedIn7, 7),
        (TallyKind.RepliedIn15, 15),
        (TallyKind.RepliedIn30, 30),
        (TallyKind.RepliedIn45, 45),
        (TallyKind.RepliedIn60, 60),
        (TallyKind.RepliedLater, int.MaxValue),
    ];
}
