using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Relations;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Clocks;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Aid.Tasks;

/// <summary>Reads a task of aid for whoever is asked it, and what can be chosen in its form.</summary>
public sealed class AidTasks(
    EduUnionDb db,
    AidAccess access,
    AidCases cases,
    VerificationCases verifications,
    AidFiles files,
    AidViews views,
    RelationBook relations,
    MemberBook members,
    OrganisationBook organisations,
    CalendarBook calendars,
    RuleBook rules,
    TimeProvider time
)
{
    /// <summary>Null = there is no such task, it is not asked of him, or he must stand aside.</summary>
    public async Task<AidTask?> FindAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        var task = await db.Set<TaskRow>()
            .AsNoTracking()
            .Include(t => t.Case)
            .FirstOrDefaultAsync(t => t.Id == id && AidAccess.Kinds.Contains(t.Case.Kind), cancellation);
        if (
            task is null
            || !Access.AddressedTo(viewer).Compile()(task)
            || await access.Recused(viewer.MemberId).AnyAsync(t => t.Id == id, cancellation)
        )
            return null;
        var row = task.Case;
        var read = row.Kind switch
        {
            ObjectionCase.KindName => await ObjectionAsync(task, row, cancellation),
            VerificationCase.KindName => await VerificationAsync(task, row, cancellation),
            _ => await ApplicationAsync(task, row, viewer, cancellation),
        };
        return read with { Due = await DueAsync(task, viewer, cancellation) };
    }

    /// <summary>By type of field, for those that the step's form has.</summary>
    public async Task<IReadOnlyDictionary<FieldType, IReadOnlyList<Choice>>> ChoicesAsync(
        AidTask task,
        StepSpec step,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var choices = new Dictionary<FieldType, IReadOnlyList<Choice>>();
        foreach (var type in step.Fields.Select(f => f.Type).Distinct())
            if (type == FieldType.Members)
                choices[type] = await InspectorsAsync(task, viewer, cancellation);
            else if (type == FieldType.Fund)
                choices[type] = await FundsAsync(task, viewer, cancellation);
        return choices;
    }

    /// <summary>Whoever may survey it, or investigate the objection: nobody who must stand aside, or was there before.</summary>
    private async Task<IReadOnlyList<Choice>> InspectorsAsync(
        AidTask task,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        if (task.Application is not { } application)
            return [];
        var ties = await cases.TiesAsync(application.ApplicantId, cancellation);
        var near = await relations.ColleaguesAsync([application.SchoolId], null, viewer.Today, cancellation);
        return
        [
            .. near.Where(c => application.RecusalOf(c.Id, Duty.Survey, ties) is null)
                .Where(c =>
                    task.Objection is not { } objection
                    || (!application.EverSurveyed.Contains(c.Id) && objection.FiledById != c.Id)
                )
                .Select(c => new Choice(
                    c.Id.ToString(),
                    organisations.Find(c.OrganisationId)?.Name is { } place ? $"{c.Name}　{place}" : c.Name
                )),
        ];
    }

    private async Task<IReadOnlyList<Choice>> FundsAsync(AidTask task, Viewer viewer, CancellationToken cancellation)
    {
        var places = organisations.Path(task.Row.SchoolId);
        var funds = await db.Set<Fund>()
            .AsNoTracking()
            .Where(f => places.Contains(f.OrganisationId) && f.Year == viewer.Today.Year)
            .OrderBy(f => f.Name)
            .ToListAsync(cancellation);
        return funds.ConvertAll(f => new Choice(f.Id.ToString(), f.Name));
    }

    private async Task<AidTask> ApplicationAsync(
        TaskRow task,
        CaseRow row,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var application = cases.ApplicationOf(row);
        var view = await views.FindAsync(row.Id, viewer, cancellation);
        var ruled = await rules.ForAsync(row.SchoolId, row.RulesAt, cancellation);
        var read = Read(task, row, await NamesAsync(application, [], cancellation)) with
        {
            Application = application,
            View = view,
            Reckoning = Reckoning.Of(application.Content, ruled),
        };
        return task.Name == "aid.publish" ? read with { Notice = await PreviewAsync(application, cancellation) } : read;
    }

    /// <summary>Exactly what the publication makes, with the days as they would be counted today.</summary>
    private async Task<PublicNotice?> PreviewAsync(AidApplication application, CancellationToken cancellation)
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
        return preview.IsOk ? preview.Value : null;
    }

    private async Task<AidTask> ObjectionAsync(TaskRow task, CaseRow row, CancellationToken cancellation)
    {
        var objection = cases.ObjectionOf(row);
        var application = cases.ApplicationOf(
            await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == objection.ApplicationId, cancellation)
        );
        Guid[] named =
        [
            .. objection.Investigators,
            .. objection.Records.SelectMany(r => r.Signatures).Select(s => s.By),
            .. objection.Records.Select(r => r.ReturnedBy).OfType<Guid>(),
        ];
        return Read(task, row, await NamesAsync(application, named, cancellation)) with
        {
            Objection = objection,
            Application = application,
        };
    }

    private async Task<AidTask> VerificationAsync(TaskRow task, CaseRow row, CancellationToken cancellation)
    {
        var verification = verifications.VerificationOf(row);
        var file = await db.Set<AidFileRow>()
            .AsNoTracking()
            .SingleAsync(f => f.Id == verification.FileId, cancellation);
        return Read(task, row, await members.NamesAsync([verification.MemberId], cancellation)) with
        {
            Verification = verification,
            File = files.Read(file),
        };
    }

    private AidTask Read(TaskRow task, CaseRow row, IReadOnlyDictionary<Guid, string> names) =>
        new(task, row, organisations.Find(row.SchoolId)?.Name ?? "", names);

    private async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(
        AidApplication application,
        IEnumerable<Guid> more,
        CancellationToken cancellation
    ) =>
        await members.NamesAsync(
            [
                .. application.EverSurveyed,
                .. application.Surveys.Select(s => s.ReturnedBy).OfType<Guid>(),
                .. more,
            ],
            cancellation
        );

    private async Task<Due?> DueAsync(TaskRow task, Viewer viewer, CancellationToken cancellation)
    {
        if (task.ClockId is not { } id || task.State != TaskState.Open)
            return null;
        var clock = await db.Set<ClockRow>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancellation);
        if (clock is not { StoppedAt: null })
            return null;
        var view = MotionViews.View(
            clock,
            await calendars.ForAsync(task.Case.SchoolId, cancellation),
            viewer.Today
        );
        return view.Due.On is { } on
            ? new Due(on, view.WorkdaysLeft, viewer.Today) { Provisional = view.Due.Provisional }
            : null;
    }
}
