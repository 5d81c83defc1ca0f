using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web.Components;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Aid.Tasks;

/// <summary>Reads what stands beside an application, or in its place, where a task is decided. The caller has checked who asks.</summary>
public sealed class AidTasks(
    EduUnionDb db,
    AidCases cases,
    VerificationCases verifications,
    AidFiles files,
    MemberBook members,
    OrganisationBook organisations,
    CalendarBook calendars,
    RuleBook rules,
    TimeProvider time
)
{
    public async Task<AidTask> ReadAsync(TaskRow task, CaseRow row, CancellationToken cancellation) =>
        row.Kind switch
        {
            ObjectionCase.KindName => await ObjectionAsync(task, row, cancellation),
            VerificationCase.KindName => await VerificationAsync(task, row, cancellation),
            _ => await ApplicationAsync(task, row, cancellation),
        };

    /// <summary>Of these, whoever may survey the case or investigate the objection.</summary>
    public async Task<IReadOnlyList<Choice>> FreeAsync(
        AidTask task,
        IReadOnlyList<Choice> offered,
        CancellationToken cancellation
    )
    {
        if (task.Application is not { } application)
            return offered;
        var ties = await cases.TiesAsync(application.ApplicantId, cancellation);
        return
        [
            .. offered.Where(c =>
                Guid.Parse(c.Value) is var member
                && application.RecusalOf(member, Duty.Survey, ties) is null
                && (
                    task.Objection is not { } objection
                    || (!application.EverSurveyed.Contains(member) && objection.FiledById != member)
                )
            ),
        ];
    }

    private async Task<AidTask> ApplicationAsync(TaskRow task, CaseRow row, CancellationToken cancellation)
    {
        var application = cases.ApplicationOf(row);
        var names = await members.NamesAsync([.. application.EverSurveyed], cancellation);
        var read = new AidTask(task, names) { Application = application };
        return task.Name == "aid.publish" ? await PreviewAsync(read, application, cancellation) : read;
    }

    /// <summary>Exactly what the publication makes, with the days as they would be counted today.</summary>
    private async Task<AidTask> PreviewAsync(AidTask read, AidApplication application, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var moment = new CaseMoment(
            now,
            await rules.ForAsync(application.SchoolId, now, cancellation),
            await calendars.ForAsync(application.SchoolId, cancellation),
            null
        );
        var school = organisations.Find(application.SchoolId)!;
        var workdays = AidCase.NoticeWorkdays(application.Notices.Length > 0, moment);
        var preview = application.PreviewNotice(
            school.Name,
            school.Phone ?? "",
            moment.Today,
            moment.Calendar.AddWorkdays(moment.Today, workdays, AidCase.VacationRuleOf(moment)),
            sensitive: false
        );
        return preview.IsOk
            ? read with
            {
                Notice = preview.Value,
                NoticeAmount = NoticeBoard.AmountOf(preview.Value.Amount, moment.Rules),
            }
            : read;
    }

    private async Task<AidTask> ObjectionAsync(TaskRow task, CaseRow row, CancellationToken cancellation)
    {
        var objection = cases.ObjectionOf(row);
        var about = await db.Set<CaseRow>()
            .AsNoTracking()
            .SingleAsync(c => c.Id == objection.ApplicationId, cancellation);
        Guid[] named =
        [
            .. objection.Investigators,
            .. objection.Records.SelectMany(r => r.Signatures).Select(s => s.By),
            .. objection.Records.Select(r => r.ReturnedBy).OfType<Guid>(),
        ];
        return new AidTask(task, await members.NamesAsync(named, cancellation))
        {
            Objection = objection,
            Application = cases.ApplicationOf(about),
        };
    }

    private async Task<AidTask> VerificationAsync(TaskRow task, CaseRow row, CancellationToken cancellation)
    {
        var verification = verifications.VerificationOf(row);
        var file = await db.Set<AidFileRow>()
            .AsNoTracking()
            .SingleAsync(f => f.Id == verification.FileId, cancellation);
        return new AidTask(task, await members.NamesAsync([verification.MemberId], cancellation))
        {
            Verification = verification,
            File = files.Read(file),
        };
    }
}
