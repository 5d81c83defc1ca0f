using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Mail;

namespace EduUnion.Host.Cases;

// Ways that the chart does not draw, as the motion takes them.
public sealed partial class MotionCase
{
    public IReadOnlyList<string> StepsBack(OpenedStep from) => motion.StepsBack(from.Name, from.Part);

    public IReadOnlyList<string> StepsOpen(Guid? part) =>
        part is { } id && motion.Parts.All(p => p.Id != id) ? [] : motion.StepsOpen(part);

    public IReadOnlyList<string> StepsToWake => motion.StepsToWake;

    public bool MayBeTerminated => motion.MayBeTerminated;

    public (NoticeRecipients To, string Link)? Starter => (Proposer, Link);

    public Task<Outcome<Taken>> GoAsync(Detour way, CaseMoment moment, CancellationToken cancellation) =>
        Task.FromResult(
            way.Kind switch
            {
                DetourKind.Return => Made(motion.SendBack(way.Part, way.From!.Name, way.To, way.Reason, way.Straight)),
                DetourKind.TakeBack => Made(motion.TakeBack(way.Part, way.From!.Name, way.To)),
                DetourKind.Straight => Made(motion.GoStraight(way.Part, way.From!.Name, way.To)),
                DetourKind.Jump => Made(motion.Jump(way.Part, way.To, way.Reason, moment.Now)),
                _ => Made(motion.Wake(way.To, way.Reason)),
            }
        );

    public Task<Outcome<Taken>> TerminateAsync(string? reason, CaseMoment moment, CancellationToken cancellation) =>
        Task.FromResult(
            motion
                .Terminate(reason, moment.Now)
                .Then<Taken>(e => new Taken(e)
                {
                    Main = new MainMove.End("terminated"),
                    // Whoever follows it goes on by himself.
                    TellsFollowers = SignalRow.MainWithdrawn,
                })
        );

    private static Outcome<Taken> Made<T>(Outcome<T> made)
        where T : MotionEvent => made.Then<Taken>(e => new Taken(e));
}
