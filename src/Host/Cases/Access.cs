using System.Linq.Expressions;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Congresses;
using EduUnion.Host.Deputies;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using DeskPart = EduUnion.Workflows.Steps.DeskPart;

namespace EduUnion.Host.Cases;

/// <summary>Who is looking, with what he holds today.</summary>
public sealed record Viewer(
    Guid MemberId,
    IReadOnlyList<(Office Office, Guid Organisation)> Offices,
    IReadOnlyList<Guid> Represents,
    DateOnly Today
)
{
    /// <summary>Those who have named him their deputy (代理) for today.</summary>
    public IReadOnlyList<Principal> ActsFor { get; init; } = [];

    /// <summary>As he sees a case that he is working on for another: with that one's offices beside his own.</summary>
    public Viewer For(Principal principal) => this with { Offices = [.. Offices, .. principal.Offices] };

    public IReadOnlyList<Guid> At(params IReadOnlyCollection<Office> offices) =>
        [.. Offices.Where(o => offices.Contains(o.Office)).Select(o => o.Organisation).Distinct()];

    /// <summary>Holds one of these offices at a place of the path: for a school its own and those of its district.</summary>
    public bool Holds(IEnumerable<Guid> path, params IReadOnlyCollection<Office> offices) =>
        path.Intersect(At(offices)).Any();
}

/// <summary>For whom a deputy acts: with the offices that one holds today, in cases of these kinds.</summary>
public sealed record Principal(
    Guid MemberId,
    string Name,
    IReadOnlyList<(Office Office, Guid Organisation)> Offices,
    IReadOnlyList<string> Kinds
);

/// <summary>
/// Who may see which case and act on which task: the one place for pages and API (domain §5). What one may not see does not
/// exist for him (404).
/// </summary>
public sealed class Access(
    EduUnionDb db,
    OfficeBook offices,
    CongressBook congresses,
    DeputyBook deputies,
    AidAccess aid,
    TimeProvider time
)
{
    private Viewer? _viewer;

    /// <summary>The viewer of this request; offices are read once.</summary>
    public async Task<Viewer> ViewerAsync(Guid memberId, CancellationToken cancellation)
    {
        if (_viewer is { } known && known.MemberId == memberId)
            return known;
        var today = ChinaTime.DateOf(time.GetUtcNow());
        return _viewer = new Viewer(
            memberId,
            await offices.OfAsync(memberId, today, cancellation),
            await congresses.SchoolsRepresentedAsync(memberId, today, cancellation),
            today
        )
        {
            ActsFor = await deputies.PrincipalsOfAsync(memberId, today, cancellation),
        };
    }

    /// <summary>The motions the viewer may see; of aid <see cref="AidAccess.Visible"/> tells. A draft is its proposer's and his invitees' alone; the administrator sees none.</summary>
    public IQueryable<CaseRow> Visible(Viewer viewer)
    {
        var member = viewer.MemberId;
        var motionOffices = viewer.At(
            Office.MotionSecretary,
            Office.MotionCommittee,
            Office.MotionCommitteeChair,
            Office.Presidium,
            Office.SchoolUnionChair
        );
        var departments = Departments(viewer);
        var represents = viewer.Represents;
        var acting = aid.Acting(viewer);
        var gone = new[] { TaskState.Dropped, TaskState.Handed };
        var readsAll = viewer.At(Office.DistrictOfficer, Office.DistrictChair, Office.Auditor).Count > 0;
        return db.Set<CaseRow>()
            .Where(c => c.Kind == MotionCase.KindName)
            .Where(c =>
                c.StarterId == member
                || c.Parties.Any(p => p.PartyId == member)
                || c.Parties.Any(p => departments.Contains(p.PartyId))
                // Whoever was given a part of the work (转办、委派、加签) reads what it is about, then and later.
                || c.Tasks.Any(t =>
                    t.MemberId == member && !gone.Contains(t.State) && (t.Desk != DeskPart.Own || t.Office != null)
                )
                || (c.Receipt != null && motionOffices.Contains(c.SchoolId))
                || (c.Number != null && (readsAll || represents.Contains(c.SchoolId)))
                || c.Tasks.AsQueryable().Any(acting)
                || db.Set<CopyRow>().Any(copy => copy.CaseId == c.Id && copy.MemberId == member)
            );
    }

    /// <summary>The tasks that the viewer may decide: his own, those of the offices he holds, and those he does for others.</summary>
    public IQueryable<TaskRow> Decidable(Viewer viewer) =>
        // SQL has no tuples: one condition an office held, which is one or two for nearly everybody. Who proposed a motion
        // does not handle it, whatever office he holds (separation, domain §5).
        db.Set<TaskRow>()
            .Where(t => t.State == TaskState.Open)
            .Where(Or(Own(viewer.MemberId, viewer.Offices), aid.Acting(viewer)))
            .Where(t => (t.MemberId != null && t.Office == null) || t.Case.StarterId != viewer.MemberId)
            .Where(t => !Claimed(viewer).Any(c => c.Id == t.Id))
            .Where(t => !aid.Recused(viewer.MemberId).Any(r => r.Id == t.Id));

    /// <summary>Whether he may see this case, of whatever kind.</summary>
    public async Task<bool> SeesAsync(Guid caseId, Viewer viewer, CancellationToken cancellation) =>
        (await SeenAsync([caseId], viewer, cancellation)).Count > 0;

    /// <summary>Which of these cases he may see, in one read.</summary>
    public async Task<IReadOnlySet<Guid>> SeenAsync(
        IReadOnlyCollection<Guid> cases,
        Viewer viewer,
        CancellationToken cancellation
    ) =>
        (
            await Visible(viewer)
                .Concat(aid.Visible(viewer))
                .Where(c => cases.Contains(c.Id))
                .Select(c => c.Id)
                .ToListAsync(cancellation)
        ).ToHashSet();

    /// <summary>Tasks of offices that somebody else has claimed and may still do: they are his.</summary>
    private IQueryable<TaskRow> Claimed(Viewer viewer)
    {
        var absent = viewer.ActsFor.Select(p => (Guid?)p.MemberId).ToList();
        var held = offices.InForce(viewer.Today);
        return db.Set<TaskRow>()
            .Where(t => t.State == TaskState.Open && t.MemberId == null)
            .Where(t => t.ClaimedById != null && t.ClaimedById != viewer.MemberId && !absent.Contains(t.ClaimedById))
            .Where(t =>
                held.Any(h =>
                    h.MemberId == t.ClaimedById && h.Office == t.Office && h.OrganisationId == t.OrganisationId
                )
            );
    }

    /// <summary>Whether the viewer must stand aside from a task of aid.</summary>
    public Task<bool> IsRecusedAsync(TaskRow task, Viewer viewer, CancellationToken cancellation) =>
        aid.Recused(viewer.MemberId).AnyAsync(t => t.Id == task.Id, cancellation);

    /// <summary>His own, his offices', and what he can be asked for others; whether he may is asked when he decides.</summary>
    public static Expression<Func<TaskRow, bool>> AddressedTo(Viewer viewer) =>
        viewer.ActsFor.Aggregate(Own(viewer.MemberId, viewer.Offices), (any, one) => Or(any, Through(one)));

    /// <summary>
    /// Who leads a case does no office's work in it, whatever office he holds or was handed to him (separation, domain §5):
    /// as <see cref="Decidable"/> asks it of the rows.
    /// </summary>
    public static bool IsOwnMatter(TaskRow task, Guid starter, Viewer viewer) =>
        starter == viewer.MemberId && (task.MemberId is null || task.Office is not null);

    /// <summary>
    /// What he decided is his still and may be taken back (拿回): not by whoever has left the office since, or is not the
    /// deputy any more of the one for whom he decided it.
    /// </summary>
    public static bool IsStillHis(TaskRow task, Viewer viewer) =>
        task.DecidedBy == viewer.MemberId
        && (
            Own(viewer.MemberId, viewer.Offices).Compile()(task)
            || viewer.ActsFor.Any(p => p.MemberId == task.DecidedForId && Through(p).Compile()(task))
        );

    /// <summary>For whom the viewer does this task; null = for himself, or it is not his at all.</summary>
    public static Principal? PrincipalOf(TaskRow task, Viewer viewer) =>
        viewer.ActsFor.Count == 0 || Own(viewer.MemberId, viewer.Offices).Compile()(task)
            ? null
            : viewer.ActsFor.FirstOrDefault(p => Through(p).Compile()(task));

    /// <summary>What a principal's deputy can be asked: the work of his offices in the kinds of case he was named for.</summary>
    internal static Expression<Func<TaskRow, bool>> Through(Principal principal)
    {
        var motions = principal.Kinds.Contains(MotionCase.KindName);
        var applications = principal.Kinds.Contains(AidCase.KindName);
        var objections = principal.Kinds.Contains(ObjectionCase.KindName);
        var verifications = principal.Kinds.Contains(VerificationCase.KindName);
        Expression<Func<TaskRow, bool>> covered = t =>
            !Deputy.Personal.Contains(t.Name)
            && (
                t.Name.StartsWith("aid.") ? applications
                : t.Name.StartsWith("objection.") ? objections
                : t.Name.StartsWith("verification.") ? verifications
                : motions
            );
        return And(Own(principal.MemberId, principal.Offices), covered);
    }

    internal static Expression<Func<TaskRow, bool>> Own(
        Guid member,
        IReadOnlyList<(Office Office, Guid Organisation)> offices
    )
    {
        Expression<Func<TaskRow, bool>> any = t => t.MemberId == member;
        foreach (var group in offices.GroupBy(o => o.Office))
        {
            var office = group.Key;
            var at = group.Select(o => (Guid?)o.Organisation).ToList();
            Expression<Func<TaskRow, bool>> held = t =>
                t.MemberId == null && t.Office == office && at.Contains(t.OrganisationId);
            any = Or(any, held);
        }
        return any;
    }

    /// <summary>The departments for which the viewer works or which he leads.</summary>
    public static IReadOnlyList<Guid> Departments(Viewer viewer) =>
        viewer.At(Office.DepartmentClerk, Office.DepartmentHead, Office.SchoolLeader);

    internal static Expression<Func<TaskRow, bool>> Or(
        Expression<Func<TaskRow, bool>> left,
        Expression<Func<TaskRow, bool>> right
    ) => Joined(left, right, Expression.OrElse);

    internal static Expression<Func<TaskRow, bool>> And(
        Expression<Func<TaskRow, bool>> left,
        Expression<Func<TaskRow, bool>> right
    ) => Joined(left, right, Expression.AndAlso);

    private static Expression<Func<TaskRow, bool>> Joined(
        Expression<Func<TaskRow, bool>> left,
        Expression<Func<TaskRow, bool>> right,
        Func<Expression, Expression, Expression> join
    )
    {
        var task = left.Parameters[0];
        var body = new Rename(right.Parameters[0], task).Visit(right.Body);
        return Expression.Lambda<Func<TaskRow, bool>>(join(left.Body, body), task);
    }

    private sealed class Rename(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
