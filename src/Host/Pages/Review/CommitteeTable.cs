using EduUnion.Domain.Congresses;
using EduUnion.Domain.Motions;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Review;

/// <summary>The committee's week: every motion of a session that lies with it, and what the viewer is there.</summary>
/// <param name="Names">Of committee members and of whoever is named in a row.</param>
/// <param name="Members">The committee today, by name.</param>
public sealed record CommitteeTable(
    CongressSession Session,
    Viewer Viewer,
    IReadOnlyList<TableRow> Rows,
    IReadOnlyDictionary<Guid, string> Names,
    IReadOnlyDictionary<Guid, string> Departments,
    IReadOnlyList<Guid> Members
)
{
    public bool Secretary => Viewer.Offices.Contains((Office.MotionSecretary, Session.SchoolId));

    /// <summary>Enters votes, takes out of groups, names sponsors.</summary>
    public bool Leads => Secretary || Viewer.Offices.Contains((Office.MotionCommitteeChair, Session.SchoolId));

    /// <summary>How far a vote is, is the committee's own matter while it runs.</summary>
    public bool SeesVotes => Leads || Viewer.Offices.Contains((Office.MotionCommittee, Session.SchoolId));

    public string Department(Guid id) => Departments.GetValueOrDefault(id, "");

    public string Name(Guid id) => Names.GetValueOrDefault(id, "");

    public TableRow? Find(Guid id) => Rows.FirstOrDefault(r => r.Id == id);
}

public sealed class CommitteeTables(
    Access access,
    CongressBook congresses,
    OfficeBook offices,
    OrganisationBook organisations,
    MemberBook members,
    TimeProvider time
)
{
    /// <summary>Far more than a session has; keeps a broken import from filling the page.</summary>
    private const int Longest = 1000;

    private static readonly string[] Filed =
    [
        nameof(MotionState.Merged),
        nameof(MotionState.Assigned),
        nameof(MotionState.Handling),
    ];

    /// <summary>The sessions of the schools at which the viewer holds an office of the motions, the latest first.</summary>
    public Task<IReadOnlyList<CongressSession>> SessionsAsync(Viewer viewer, CancellationToken cancellation) =>
        congresses.SessionsAsync(Schools(viewer), cancellation);

    /// <summary>The chosen session, else the current one; null = there is none that he may see.</summary>
    public async Task<CommitteeTable?> FindAsync(Viewer viewer, Guid? chosen, CancellationToken cancellation)
    {
        var schools = Schools(viewer);
        var session = chosen is { } id
            ? await congresses.FindSessionAsync(id, cancellation)
            : await congresses.CurrentSessionAsync(schools[0], time.GetUtcNow(), cancellation)
                ?? (await SessionsAsync(viewer, cancellation)).FirstOrDefault();
        if (session is null || !schools.Contains(session.SchoolId))
            return null;
        var rows = await ReadAsync(viewer, InSession(viewer, session.Id), cancellation);
        var committee = await offices.HoldersAsync(
            Office.MotionCommittee,
            session.SchoolId,
            viewer.Today,
            cancellation
        );
        Guid[] named =
        [
            .. committee,
            .. rows.Select(r => r.Motion.ProposerId),
            .. rows.Select(r => r.Motion.SponsorId).OfType<Guid>(),
        ];
        var names = await members.NamesAsync([.. named.Distinct()], cancellation);
        return new CommitteeTable(
            session,
            viewer,
            [.. rows.Select(r => r with { Proposer = names.GetValueOrDefault(r.Motion.ProposerId, "") })],
            names,
            organisations.Departments(session.SchoolId).ToDictionary(d => d.Id, d => d.Name),
            [.. committee.OrderBy(m => names.GetValueOrDefault(m, ""), StringComparer.Ordinal)]
        );
    }

    /// <summary>The rows of these marks, in their order, also of motions that have left the table meanwhile.</summary>
    public async Task<IReadOnlyList<(RowMark Mark, TableRow Row)>> TickedAsync(
        CommitteeTable table,
        IReadOnlyCollection<RowMark> marks,
        CancellationToken cancellation
    )
    {
        var gone = marks.Select(m => m.Case).Where(id => table.Find(id) is null).ToList();
        IReadOnlyList<TableRow> left =
            gone.Count == 0
                ? []
                : await ReadAsync(
                    table.Viewer,
                    OfCommittee(table.Viewer, table.Session.Id).Where(c => gone.Contains(c.Id)),
                    cancellation
                );
        var rows = table.Rows.Concat(left).ToDictionary(r => r.Id);
        return
        [
            .. marks
                .Where(m => rows.ContainsKey(m.Case))
                .DistinctBy(m => m.Case)
                .Select(m => (m, rows[m.Case]))
                .OrderBy(r => r.Item2.Motion.ReceiptNumber, StringComparer.Ordinal),
        ];
    }

    private IQueryable<CaseRow> InSession(Viewer viewer, Guid session) =>
        OfCommittee(viewer, session)
            .Where(c =>
                c.Tasks.Any(t => t.State == TaskState.Open && TableRow.Steps.Contains(t.Name))
                || (c.Number != null && Filed.Contains(c.State))
            );

    private IQueryable<CaseRow> OfCommittee(Viewer viewer, Guid session) =>
        access.Visible(viewer).Where(c => c.Kind == MotionCase.KindName && c.SessionId == session && c.Receipt != null);

    private async Task<IReadOnlyList<TableRow>> ReadAsync(
        Viewer viewer,
        IQueryable<CaseRow> cases,
        CancellationToken cancellation
    )
    {
        // Two statements however many motions: without the families and histories, which this page does not show.
        var read = await cases
            .OrderBy(c => c.Receipt)
            .Take(Longest)
            .Select(c => new
            {
                c.Aggregate,
                Tasks = c
                    .Tasks.Where(t => t.State != TaskState.Dropped && t.State != TaskState.Handed)
                    .Where(t => TableRow.Steps.Contains(t.Name))
                    .ToList(),
            })
            .AsNoTracking()
            .AsSplitQuery()
            .ToListAsync(cancellation);
        var addressed = Access.AddressedTo(viewer).Compile();
        return
        [
            .. read.Select(r =>
                TableRow.Of(MotionCases.MotionOf(r.Aggregate), r.Tasks, "", viewer.MemberId, addressed)
            ),
        ];
    }

    private static IReadOnlyList<Guid> Schools(Viewer viewer) =>
        [
            .. viewer
                .Offices.Where(o => Policies.Allows(Policies.MotionOffice, o.Office))
                .Select(o => o.Organisation)
                .Distinct(),
        ];
}
