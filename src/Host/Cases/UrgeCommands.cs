using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Mail;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>Somebody asked for a task to be done (催办).</summary>
public sealed record TaskUrged(Guid TaskId, string Step, int Times);

/// <summary>催办: whoever waits may ask for a task to be done, but not every hour.</summary>
public sealed class UrgeCommands(EduUnionDb db, TaskFrame frame, ExchangeMail mail, OfficeBook offices, AidAccess aid)
{
    /// <summary>Who looks after a case at its school.</summary>
    private static readonly Office[] Keepers =
    [
        Office.MotionSecretary,
        Office.MotionCommitteeChair,
        Office.SchoolUnionChair,
    ];

    /// <summary>
    /// Asks whoever is asked, by mail. Refusals: <c>task.unknown</c> (404), <c>urge.not-yours</c> (403), <c>urge.self</c>,
    /// <c>task.closed</c>, <c>task.held</c>, <c>task.urged-lately</c> (409: from which day again).
    /// </summary>
    public Task<Outcome<StepDone>> UrgeAsync(Guid taskId, Asker asker, CancellationToken cancellation) =>
        frame.OnAsync(
            taskId,
            "task.urge",
            asker,
            async (work, task, asking) =>
            {
                if (!MayUrge(work.Row, asking.Viewer) && !await GaveAsync(db, task, asking.Viewer, cancellation))
                    return Refusal.Forbidden("urge.not-yours");
                var urging = new Urging(work.Row, asking.Viewer);
                if (urging.RefuseToday(task, work.Moment.Calendar, work.Moment.Rules) is { } no)
                    return no;
                task.UrgedAt = work.Moment.Now;
                task.Urges++;
                work.Happened(new TaskUrged(task.Id, task.Name, task.Urges));
                var to = await AskedAsync(work, task, cancellation);
                if (to is not null)
                    work.Tell(mail.Of((NoticeKind.TaskUrged, NoticeKind.CaseTaskUrged), work, to, $"/tasks/{task.Id}"));
                return null;
            },
            cancellation
        );

    /// <summary>The starter, and those who look after the case.</summary>
    public static bool MayUrge(CaseRow row, Viewer viewer) =>
        row.StarterId == viewer.MemberId
        || (
            row.Kind == MotionCase.KindName
                ? viewer.At(Keepers).Contains(row.SchoolId)
                : viewer.At(Office.SchoolUnionChair).Contains(row.SchoolId)
        );

    /// <summary>He added the task to his own, or handed it over (转办、委派、加签).</summary>
    public static Task<bool> GaveAsync(EduUnionDb db, TaskRow task, Viewer viewer, CancellationToken cancellation) =>
        db.Set<TaskRow>()
            .Where(t => t.StepId == task.StepId && t.Id != task.Id)
            .Where(t => t.Id == task.OwnerId || t.State == TaskState.Handed)
            .AnyAsync(Access.Own(viewer.MemberId, viewer.Offices), cancellation);

    /// <summary>Those who are asked; whoever must stand aside from a case of aid is not told of it. Null = nobody.</summary>
    private async Task<NoticeRecipients?> AskedAsync(CaseWork work, TaskRow task, CancellationToken cancellation)
    {
        if (task.MemberId is { } member)
            return NoticeRecipients.ToMembers(member);
        var (office, place) = (task.Office!.Value, task.OrganisationId!.Value);
        if (!work.Case.IsConfidential)
            return NoticeRecipients.ToOffice(office.ToString(), place).Without(work.Row.StarterId);
        var free = new List<Guid>();
        foreach (var holder in await offices.HoldersAsync(office, place, work.Moment.Today, cancellation))
            if (!await aid.Recused(holder).AnyAsync(t => t.Id == task.Id, cancellation))
                free.Add(holder);
        return free.Count == 0 ? null : NoticeRecipients.ToMembers(free);
    }
}
