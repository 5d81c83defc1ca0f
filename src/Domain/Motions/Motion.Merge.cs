using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static EduUnion.Domain.Motions.MotionState;

namespace EduUnion.Domain.Motions;

// Merging (并案): a motion that follows another keeps its number, its proposer, its feedback and its history (domain §2.5).
public sealed partial class Motion
{
    /// <summary>The main motion (主案) that this one follows; null = it stands for itself.</summary>
    [JsonInclude]
    public Guid? MainId { get; private set; }

    [JsonInclude]
    public string? MainNumber { get; private set; }

    /// <summary>
    /// May another motion be merged into this one? Refusals: <c>merge.main-not-filed</c>, <c>merge.main-gone</c> (withdrawn),
    /// <c>merge.main-answered</c>, <c>merge.main-is-merged</c>, <c>merge.other-session</c>, <c>merge.with-itself</c>.
    /// </summary>
    public Refusal? CheckMain(Motion follower)
    {
        if (follower.Id == Id)
            return Refusal.At("main", "merge.with-itself");
        if (follower.SessionId != SessionId || follower.SchoolId != SchoolId)
            return Refusal.At("main", "merge.other-session");
        if (MainId is not null)
            return Refusal.At("main", "merge.main-is-merged", MainNumber ?? "");
        // An opinion is assigned and handled too, but never filed.
        if (Number is null || IsOpinion)
            return Refusal.At("main", "merge.main-not-filed");
        if (State is Withdrawn or Terminated)
            return Refusal.At("main", "merge.main-gone");
        if (State is not (Filed or Assigned or MotionState.Handling))
            return Refusal.At("main", "merge.main-answered");
        return null;
    }

    /// <summary>Filed with a number of its own, and from here it waits for the main motion's answer.</summary>
    public MotionMerged Merge(string number, Guid mainId, string mainNumber, DateTimeOffset now)
    {
        Number = number;
        FiledAt = now;
        MainId = mainId;
        MainNumber = mainNumber;
        State = Merged;
        return new MotionMerged(number, mainId, mainNumber);
    }

    /// <summary>Out of the group again (取消并案): it goes on by itself. Refusals: <c>motion.wrong-state</c>.</summary>
    public Outcome<MotionUnmerged> Unmerge()
    {
        if (State != Merged)
            return Refusal.Because("motion.wrong-state");
        var unmerged = new MotionUnmerged(MainNumber!);
        MainId = null;
        MainNumber = null;
        State = Filed;
        return unmerged;
    }

    /// <summary>
    /// The main motion is answered: its answers are this one's too (每位领衔代表均收到答复), as they stood when they went out.
    /// </summary>
    /// <summary>Its answers are out: nothing can be merged into it or taken out any more.</summary>
    public bool IsAnswered => !Forms.IsEmpty || ClosedAs is not null;

    public MainAnswered TakeAnswer(ImmutableArray<Handling> parts, DateTimeOffset now)
    {
        // What was said with the main motion's proposer stays between them.
        Parts = [.. parts.Select(p => p with { Meetings = [] })];
        Reply(now);
        return new MainAnswered(MainNumber!, parts);
    }
}
