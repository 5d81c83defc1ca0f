using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Documents.Aid;

/// <summary>
/// The papers of aid (domain §6, 11–15), drawn for a reader. What does not exist yet and what is not for a reader are the
/// same to him: not there. Masked, unless <c>clear</c>: to the person himself, or after a reason is on record.
/// </summary>
public sealed class AidPapers(
    EduUnionDb db,
    AidAccess access,
    AidCases cases,
    MemberBook members,
    OrganisationBook organisations,
    Texts texts,
    TimeProvider time
)
{
    /// <summary>Of an application: the survey as it is signed, and the form on which it is approved.</summary>
    public static IReadOnlyList<string> Forms { get; } = ["survey", "approval"];

    /// <summary>Which of them there are for the reader.</summary>
    public IEnumerable<string> Ready(AidApplication application, Viewer viewer)
    {
        if (!Reads(application, viewer))
            yield break;
        if (application.Survey is not null)
            yield return "survey";
        if (
            application.AcceptedAt is not null
            && application.ApplicantId != viewer.MemberId
            && !IsSurveyor(application, viewer)
        )
            yield return "approval";
    }

    public async Task<Paper?> OfCaseAsync(
        Guid id,
        string form,
        Viewer viewer,
        bool clear,
        CancellationToken cancellation
    )
    {
        var row = await access
            .Visible(viewer)
            .AsNoTracking()
            .FirstOrDefaultAsync(c => c.Id == id && c.Kind == AidCase.KindName, cancellation);
        if (row is null)
            return null;
        var application = cases.ApplicationOf(row);
        if (!Ready(application, viewer).Contains(form))
            return null;
        var facts = await FactsAsync(
            application.SchoolId,
            [
                .. application.EverSurveyed,
                .. application.Approvals.SelectMany(a => new[] { a.By, a.ActingFor }).OfType<Guid>(),
            ],
            clear,
            cancellation
        );
        var fund = application.FundId is { } source
            ? await db.Set<Fund>().Where(f => f.Id == source).Select(f => f.Name).FirstOrDefaultAsync(cancellation)
            : null;
        return form == "survey"
            ? new Paper($"{application.Number} 入户调查表", [SurveySheet.Of(facts, application, application.Survey!)])
            : new Paper($"{application.Number} 帮扶申请审批表", [ApprovalSheet.Of(facts, application, fund ?? "")]);
    }

    public Paper OfNotice(ShownNotice notice)
    {
        var facts = new AidFacts
        {
            School = notice.School,
            Names = new Dictionary<Guid, string>(),
            Texts = texts,
            Today = notice.From,
        };
        return new Paper($"{notice.Number} 公示", [NoticeSheet.Of(facts, notice)]);
    }

    public async Task<Paper> OfMeetingAsync(MeetingView view, CancellationToken cancellation)
    {
        var meeting = view.Meeting;
        var facts = await FactsAsync(meeting.SchoolId, [.. meeting.Members, meeting.ChairId], false, cancellation);
        return new Paper(
            $"{Dates.Machine(Dates.Of(meeting.MeetsAt))} 民主评议会记录",
            [MinutesSheet.Of(facts, meeting, view.Lines)]
        );
    }

    public async Task<Paper> OfObjectionAsync(
        Objection objection,
        AidApplication application,
        CancellationToken cancellation
    )
    {
        var facts = await FactsAsync(
            application.SchoolId,
            [
                .. objection.Investigators,
                .. objection.Records.SelectMany(r => r.Signatures).Select(s => s.By),
                .. objection.SettledBy is { } by ? [by] : Array.Empty<Guid>(),
            ],
            false,
            cancellation
        );
        return new Paper($"{application.Number} 异议登记表", [ObjectionSheet.Of(facts, application, objection)]);
    }

    public async Task<Paper> OfFileAsync(FileView view, bool clear, CancellationToken cancellation)
    {
        var file = view.File;
        var facts = await FactsAsync(
            file.SchoolId,
            [
                .. file.Leaders.Select(l => l.MemberId),
                .. file.Visits.SelectMany(v => v.Visitors),
                .. file.Contacts.Select(c => c.LeaderId),
            ],
            clear,
            cancellation
        );
        var last = await LastOfAsync(view, cancellation);
        return new Paper($"{file.Number} 困难教职工档案表", [FileSheet.Of(facts, view, last)]);
    }

    /// <summary>The holder's last application that was handed in; a leader is shown the file and none of them.</summary>
    public async Task<AidApplication?> LastOfAsync(FileView view, CancellationToken cancellation)
    {
        if (!view.SeesAid)
            return null;
        var row = await db.Set<CaseRow>()
            .AsNoTracking()
            .Where(c => c.Kind == AidCase.KindName && c.StarterId == view.File.MemberId && c.Number != null)
            .OrderByDescending(c => c.OpenedAt)
            .FirstOrDefaultAsync(cancellation);
        return row is null ? null : cases.ApplicationOf(row);
    }

    private async Task<AidFacts> FactsAsync(
        Guid school,
        IReadOnlyCollection<Guid> named,
        bool clear,
        CancellationToken cancellation
    ) =>
        new()
        {
            School = organisations.Find(school)?.Name ?? "",
            Names = await members.NamesAsync([.. named.Distinct()], cancellation),
            Texts = texts,
            Today = Dates.Of(time.GetUtcNow()),
            Clear = clear,
        };

    /// <summary>The offices that work on it, its surveyors, and the auditor; never the applicant, nor the committee.</summary>
    private bool Reads(AidApplication application, Viewer viewer) =>
        application.ApplicantId != viewer.MemberId
        && (
            IsSurveyor(application, viewer)
            || viewer.At(Office.SchoolUnionChair).Contains(application.SchoolId)
            || viewer.Holds(organisations.Path(application.SchoolId), Office.Auditor)
            || (
                application.Has(ConsentKind.Transfer)
                && viewer.Holds(
                    organisations.Path(application.SchoolId),
                    Office.DistrictOfficer,
                    Office.DistrictChair,
                    Office.DistrictViceChair
                )
            )
        );

    private static bool IsSurveyor(AidApplication application, Viewer viewer) =>
        application.EverSurveyed.Contains(viewer.MemberId)
        && !viewer.At(Office.SchoolUnionChair).Contains(application.SchoolId);
}
