using EduUnion.Domain.Congresses;
using EduUnion.Domain.Motions;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Motions;

/// <summary>How motions are called on pages.</summary>
public static class MotionWords
{
    public static Tag State(Texts texts, MotionState state) =>
        new(
            texts["state." + state],
            state switch
            {
                MotionState.Rejected or MotionState.CosignFailed => Status.Late,
                MotionState.Returned or MotionState.Disputed => Status.Soon,
                MotionState.DisputeMeeting or MotionState.Rehandling => Status.Soon,
                MotionState.Replied
                or MotionState.Filed
                or MotionState.Closed
                or MotionState.ClosedDissent
                or MotionState.Archived => Status.Done,
                MotionState.Withdrawn or MotionState.Terminated => Status.Wait,
                MotionState.Draft => Status.None,
                _ => Status.Mine,
            }
        );

    public static string Session(Texts texts, CongressSession session) =>
        texts["motions.session", Numerals.Here(session.TermNumber), Numerals.Here(session.Number)];
}
