using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Aid;

/// <summary>Reads an application for one viewer: how much of it he is shown is decided here and nowhere else.</summary>
public sealed class AidViews(
    EduUnionDb db,
    AidAccess access,
    AidCases cases,
    ClaimBook claims,
    AidTraces traces,
    CalendarBook calendars,
    OrganisationBook organisations,
    MemberBook members
)
{
    /// <summary>Null = there is no such application, or the viewer may not know of it.</summary>
    public async Task<AidView?> FindAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        var row = await access
            .Visible(viewer)
            .AsNoTracking()
            .AsSplitQuery()
            .Include(c => c.Tasks.Where(t => t.State == TaskState.Open))
            .Include(c => c.Clocks)
            .FirstOrDefaultAsync(c => c.Id == id && c.Kind == AidCase.KindName, cancellation);
        if (row is null)
            return null;
        var aid = cases.ApplicationOf(row);
        var calendar = await calendars.ForAsync(row.SchoolId, cancellation);
        var clocks = row
            .Clocks.Where(c => c.Name != "timer")
            .OrderBy(c => c.StartedAt)
            .Select(c => MotionViews.View(c, calendar, viewer.Today))
            .ToDictionary(c => c.Row.Id);
        var names = await members.NamesAsync(Named(aid, row), cancellation);
        var mine = await MineAsync(row, viewer, cancellation);
        var path = organisations.Path(row.SchoolId);
        var sight = SightOf(aid, row, viewer, path);
        return new AidView(
            row,
            aid,
            sight,
            organisations.Find(row.SchoolId)?.Name ?? "",
            [
                .. row
                    .Tasks.OrderBy(t => t.OpenedAt)
                    .ThenBy(t => t.Id)
                    .Select(t => new TaskView(
                        t,
                        mine.Contains(t.Id),
                        t.MemberId is { } member
                            ? Shown(member, aid, sight, names)
                            : organisations.Find(t.OrganisationId!.Value)?.Name ?? "",
                        t.ClockId is { } clock ? clocks.GetValueOrDefault(clock) : null
                    )),
            ],
            [.. clocks.Values],
            names
        )
        {
            Claim = sight is Sight.Masked or Sight.None ? null : await claims.OfCaseAsync(id, cancellation),
            Fund =
                sight == Sight.Full && aid.FundId is { } fund
                    ? await db.Set<Fund>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == fund, cancellation)
                    : null,
            Earlier = sight == Sight.Full ? await EarlierAsync(aid, viewer.Today.Year, cancellation) : [],
            Duplicates = sight == Sight.Full ? await traces.WarningsAsync(aid, viewer.Today, cancellation) : [],
            MaySeeLooks = sight == Sight.Own || viewer.Holds(path, Office.Auditor),
            AtDistrict = viewer.Holds(path, Office.DistrictOfficer, Office.DistrictChair),
        };
    }

    /// <summary>Who stands near the applicant, so that nobody is offered who must stand aside.</summary>
    public Task<Ties> TiesAsync(AidApplication aid, CancellationToken cancellation) =>
        cases.TiesAsync(aid.ApplicantId, cancellation);

    /// <param name="path">The school and its district; an office of another district is none here.</param>
    internal static Sight SightOf(AidApplication aid, CaseRow row, Viewer viewer, IReadOnlyList<Guid> path)
    {
        if (aid.ApplicantId == viewer.MemberId)
            return Sight.Own;
        if (
            aid.EnteredById == viewer.MemberId
            || aid.EverSurveyed.Contains(viewer.MemberId)
            || aid.Investigators.Contains(viewer.MemberId)
            || viewer.At(Office.SchoolUnionChair).Contains(row.SchoolId)
            || viewer.Holds(path, Office.Auditor)
            || (
                aid.Has(ConsentKind.Transfer)
                && viewer.Holds(path, Office.DistrictOfficer, Office.DistrictChair, Office.DistrictViceChair)
            )
        )
            return Sight.Full;
        if (viewer.At(Office.AidCommittee).Contains(row.SchoolId))
            return Sight.Masked;
        return viewer.Holds(path, Office.Finance) ? Sight.Bank : Sight.None;
    }

    /// <summary>The committee and finance do not read the applicant's name where his task stands.</summary>
    private static string Shown(
        Guid member,
        AidApplication aid,
        Sight sight,
        IReadOnlyDictionary<Guid, string> names
    ) =>
        names.GetValueOrDefault(member, "") is var name && member == aid.ApplicantId && sight != Sight.Own
            ? Masking.Name(name)
            : name;

    private async Task<HashSet<Guid>> MineAsync(CaseRow row, Viewer viewer, CancellationToken cancellation)
    {
        var addressed = Access.AddressedTo(viewer).Compile();
        var recused = await access
            .Recused(viewer.MemberId)
            .Where(t => t.CaseId == row.Id)
            .Select(t => t.Id)
            .ToListAsync(cancellation);
        return
        [
            .. row
                .Tasks.Where(t =>
                    addressed(t) && !recused.Contains(t.Id) && !Access.IsOwnMatter(t, row.StarterId, viewer)
                )
                .Select(t => t.Id),
        ];
    }

    private async Task<IReadOnlyList<EarlierAid>> EarlierAsync(
        AidApplication aid,
        int year,
        CancellationToken cancellation
    ) =>
        await (
            from claim in db.Set<Claim>().AsNoTracking()
            join fund in db.Set<Fund>() on claim.FundId equals fund.Id
            where claim.MemberId == aid.ApplicantId && claim.Year == year && claim.CaseId != aid.Id
            where claim.State != ClaimState.Cancelled
            orderby claim.Id
            select new EarlierAid(claim.CaseNumber, fund.Name, claim.Amount, claim.State)
        ).ToListAsync(cancellation);

    private static List<Guid> Named(AidApplication aid, CaseRow row) =>
        [
            .. new[] { aid.ApplicantId, aid.EnteredById, aid.ReporterId, aid.FollowUp?.By }
                .OfType<Guid>()
                .Concat(aid.EverSurveyed)
                .Concat(aid.Surveys.SelectMany(s => s.Signatures).Select(s => s.By))
                .Concat(aid.Approvals.SelectMany(a => new[] { a.By, a.ActingFor }).OfType<Guid>())
                .Concat(row.Tasks.Select(t => t.MemberId).OfType<Guid>())
                .Distinct(),
        ];
}
