using EduUnion.Domain.Motions;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Motions;

/// <summary>The way of a motion, or of one host's part of it, as the line above its page: told from the aggregate alone.</summary>
public static class MotionStages
{
    /// <summary>Index of the stage after the answer.</summary>
    private const int Answered = 9;

    /// <param name="part">The part whose handling is shown; null before the motion is assigned.</param>
    public static Stages Of(Motion motion, Handling? part, Texts texts)
    {
        (string Name, DateTimeOffset? At)[] way =
        [
            ("submit", motion.SubmittedAt),
            (motion.IsOpinion ? "opinion" : "file", motion.FiledAt ?? part?.AssignedAt),
            ("assign", part?.AssignedAt),
            ("accept", part?.AcceptedAt),
            ("handle", part?.State is HandlingState.Signing or HandlingState.Delivered ? part.Answer?.At : null),
            ("sign", Signed(part, part?.SignedBy)),
            ("review", Signed(part, part?.ReviewedBy)),
            ("check", Signed(part, part?.CheckedBy)),
            ("answer", part?.DeliveredAt),
            .. motion.IsOpinion ? Array.Empty<(string, DateTimeOffset?)>() : [("rate", Rated(motion))],
            .. motion.Commitments.IsEmpty ? Array.Empty<(string, DateTimeOffset?)>() : [("keep", Kept(motion))],
            ("close", motion.ClosedAt),
        ];
        if (Ended(motion.State) is { } end)
            return new Stages([
                .. way.TakeWhile(s => s.At is not null).Select(s => Past(s.Name, s.At)),
                Past(end, null),
            ]);
        var now = Now(motion, part);
        return new Stages([
            .. way.Select(
                (s, i) =>
                    i < now || now < 0 ? Past(s.Name, s.At)
                    : i == now ? new Stage(Name(s.Name), StageState.Now, Present())
                    : new Stage(Name(s.Name), StageState.Todo)
            ),
        ]);

        string Name(string stage) => texts["stage." + stage];
        // "Submitted, now" would say of a draft what it is not.
        string Present() => now == 0 ? "—" : texts["stage.now"];
        Stage Past(string stage, DateTimeOffset? at) =>
            new(Name(stage), StageState.Past, at is { } when ? Dates.Short(Dates.Of(when)) : null);
    }

    private static string? Ended(MotionState state) =>
        state switch
        {
            MotionState.Rejected => "rejected",
            MotionState.Withdrawn => "withdrawn",
            MotionState.Terminated => "terminated",
            _ => null,
        };

    // A signature under an earlier revision says nothing of the answer as it is now.
    private static DateTimeOffset? Signed(Handling? part, Signature? signature) =>
        part?.State is HandlingState.Signing or HandlingState.Delivered ? signature?.At : null;

    private static DateTimeOffset? Kept(Motion motion) =>
        motion.Commitments.All(c => c.IsSettled) ? motion.Commitments.Max(c => c.SettledAt) : null;

    private static DateTimeOffset? Rated(Motion motion) =>
        motion.Forms.LastOrDefault() is { } form ? form.Rating?.At ?? form.LapsedAt : null;

    /// <summary>Index of the present stage; -1 when all are past.</summary>
    private static int Now(Motion motion, Handling? part) =>
        motion.State switch
        {
            MotionState.Draft or MotionState.Cosigning or MotionState.CosignFailed => 0,
            MotionState.Submitted or MotionState.UnderReview or MotionState.Returned or MotionState.Disputed => 1,
            MotionState.Filed or MotionState.Opinion or MotionState.Merged => 2,
            MotionState.Replied or MotionState.DisputeMeeting => Answered,
            MotionState.Tracking => Answered + 1,
            MotionState.Closed or MotionState.ClosedDissent or MotionState.Archived => -1,
            _ => part?.State switch
            {
                HandlingState.Assigned or HandlingState.TransferRequested => 3,
                HandlingState.Handling => 4,
                HandlingState.Signing => part.SignedBy is null ? 5
                : part.ReviewedBy is null ? 6
                : 7,
                // This host has answered, others have not.
                _ => Answered - 1,
            },
        };
}
