using System.Text.Json;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Web;

namespace EduUnion.Host.Motions;

/// <summary>What was sent back, taken back, or moved by an administrator, in plain words, of a motion and of aid alike.</summary>
public static class ReturnWords
{
    /// <param name="mayRead">The viewer may read why an administrator did it.</param>
    public static string? Said(CaseEvent happened, Texts texts, StepWords steps, bool mayRead)
    {
        switch (happened.Code)
        {
            case nameof(SentBack):
                var sent = Read<SentBack>(happened);
                return Back(sent.From, sent.To)
                    + (sent.Straight ? texts["timeline.separator"] + texts["return.told.straight"] : "");
            case nameof(AidSentBack):
                var back = Read<AidSentBack>(happened);
                return Back(back.From, back.To);
            case nameof(TakenBack):
                return texts["return.told.taken", steps.Step(Read<TakenBack>(happened).To)];
            case nameof(AidTakenBack):
                return texts["return.told.taken", steps.Step(Read<AidTakenBack>(happened).To)];
            case nameof(SentStraight):
                var straight = Read<SentStraight>(happened);
                var told = texts["return.told.sent", steps.Step(straight.To)];
                return straight.Kept is { } revision
                    ? told + texts["timeline.separator"] + texts["return.told.kept", revision]
                    : told;
            case nameof(MotionJumped):
                var jumped = Read<MotionJumped>(happened);
                return At("return.told.jumped", jumped.To, jumped.Reason);
            case nameof(AidJumped):
                var moved = Read<AidJumped>(happened);
                return At("return.told.jumped", moved.To, moved.Reason);
            case nameof(MotionWoken):
                var woken = Read<MotionWoken>(happened);
                return At("return.told.woken", woken.To, woken.Reason);
            case nameof(AidWoken):
                var again = Read<AidWoken>(happened);
                return At("return.told.woken", again.To, again.Reason);
            case nameof(MotionTerminated):
                return Read<MotionTerminated>(happened).Reason;
            case nameof(AidTerminated):
                return mayRead ? Read<AidTerminated>(happened).Reason : null;
            default:
                return null;
        }

        string Back(string from, string to) => texts["return.told.back", steps.Step(from), steps.Step(to)];
        string At(string key, string step, string reason)
        {
            var told = texts[key, steps.Step(step)];
            return mayRead ? told + texts["timeline.separator"] + reason : told;
        }
    }

    private static T Read<T>(CaseEvent happened) => happened.Data.Deserialize<T>(CaseJson.Options)!;
}
