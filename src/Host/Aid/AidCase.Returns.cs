using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Mail;

namespace EduUnion.Host.Aid;

// Ways that the chart does not draw, as the application takes them.
public sealed partial class AidCase
{
    public IReadOnlyList<string> StepsBack(OpenedStep from) => application.StepsBack(from.Name);

    public IReadOnlyList<string> StepsOpen(Guid? part) => part is null ? application.StepsOpen : [];

    public IReadOnlyList<string> StepsToWake => application.StepsToWake;

    public bool MayBeTerminated => application.MayBeTerminated;

    public (NoticeRecipients To, string Link)? Starter => (Applicant, $"/aid/{application.Id}");

    public async Task<bool> IsOwnMatterAsync(Guid member, CancellationToken cancellation) =>
        application.RecusalOf(member, Duty.Handle, await cases.TiesAsync(application.ApplicantId, cancellation))
            is not null;

    public async Task<Outcome<Taken>> GoAsync(Detour way, CaseMoment moment, CancellationToken cancellation)
    {
        var actor = new Actor(way.By, await cases.TiesAsync(application.ApplicantId, cancellation));
        switch (way.Kind)
        {
            case DetourKind.Return:
                return Made(application.SendBack(actor, way.From!.Name, way.To, way.Reason));
            case DetourKind.TakeBack:
                return Made(application.TakeBack(actor, way.From!.Name, way.To));
            case DetourKind.Jump:
                return Made(application.Jump(way.To, way.Reason, way.By));
            case DetourKind.Wake:
                var woken = application.Wake(way.To, way.Reason, way.By);
                // While it was ended, somebody of the household may have applied.
                if (woken.IsOk && application.SubmittedAt is not null)
                    if (await cases.Traces.NoteAsync(application, moment.Today, cancellation) is { } duplicate)
                        return duplicate;
                return Made(woken);
            default:
                // Nothing is kept that somebody in between has decided.
                return Refusal.Because("task.straight-changed");
        }
    }

    public async Task<Outcome<Taken>> TerminateAsync(string? reason, CaseMoment moment, CancellationToken cancellation)
    {
        var ended = application.Terminate(reason, moment.Now);
        if (!ended.IsOk)
            return ended.Refusal;
        var released = await cases.Claims.ReleaseAsync(application.Id, "terminated", moment.Now, cancellation);
        if (!released.IsOk)
            return released.Refusal;
        await cases.Notices.ShowAsync(application, moment.Rules, moment.Now, cancellation);
        return new Taken(ended.Value) { Main = new MainMove.End("terminated"), Holds = false };
    }
}
