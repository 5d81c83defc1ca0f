using System.Linq.Expressions;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Relations;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>
/// Who may see which case of aid and act on which of its tasks (domain §5, table "Aid"): the one place for pages and API.
/// Motion roles and administrators see nothing of it; whoever must stand aside sees it neither.
/// </summary>
public sealed class AidAccess(EduUnionDb db)
{
    public static IReadOnlyList<string> Kinds { get; } =
    [AidCase.KindName, ObjectionCase.KindName, VerificationCase.KindName];

    /// <summary>Nobody has applied yet: the one reported does not learn of it, whatever becomes of the hint.</summary>
    private static readonly string[] Unsaid = [nameof(AidState.Reported), nameof(AidState.Dismissed)];

    /// <summary>What the committee has to do with.</summary>
    private static readonly string[] Assessed =
    [
        nameof(AidState.Surveyed),
        nameof(AidState.Reviewed),
        nameof(AidState.Notice),
    ];

    /// <summary>Asked of named people, who find a relation only when they read the case: they say so there.</summary>
    private static readonly string[] Declares = ["aid.survey", "aid.survey.sign"];

    /// <summary>Who had to do with a case so that he does not approve it.</summary>
    private static readonly PartyRole[] Unapproving =
    [
        PartyRole.Surveyor,
        PartyRole.Investigator,
        PartyRole.Author,
        PartyRole.Reporter,
    ];

    /// <summary>The cases that the viewer may see; how much of each is a page's matter.</summary>
    public IQueryable<CaseRow> Visible(Viewer viewer)
    {
        var member = viewer.MemberId;
        var chairs = viewer.At(Office.SchoolUnionChair);
        var committees = viewer.At(Office.AidCommittee);
        var districts = viewer.At(Office.DistrictOfficer, Office.DistrictChair, Office.DistrictViceChair);
        var audits = viewer.At(Office.Auditor);
        var waiting = nameof(AidState.Urgent);
        var reported = nameof(AidState.Reported);
        var asked = Access.Or(Access.Own(member, viewer.Offices), Acting(viewer));
        return db.Set<CaseRow>()
            .Where(c => Kinds.Contains(c.Kind))
            .Where(c =>
                (c.StarterId == member && !Unsaid.Contains(c.State))
                || c.Parties.Any(p => p.PartyId == member && p.Role == PartyRole.Author)
                || (
                    (
                        c.Parties.Any(p =>
                            p.PartyId == member && (p.Role == PartyRole.Surveyor || p.Role == PartyRole.Investigator)
                        )
                        || (
                            chairs.Contains(c.SchoolId)
                            && (
                                c.Kind != AidCase.KindName
                                || c.Number != null
                                || c.State == reported
                                || c.State == waiting
                            )
                        )
                        || (
                            committees.Contains(c.SchoolId)
                            // Of objections it reads what became of them (domain §5).
                            && (Assessed.Contains(c.State) || c.Kind == ObjectionCase.KindName)
                        )
                        || (
                            (c.Kind != AidCase.KindName || c.Number != null)
                            && c.Parties.Any(p => p.Role == PartyRole.District && districts.Contains(p.PartyId))
                        )
                        || (
                            (c.Kind != AidCase.KindName || c.Number != null)
                            && db.Set<Organisation>()
                                .Any(o =>
                                    o.Id == c.SchoolId
                                    && (audits.Contains(o.Id) || audits.Contains(o.ParentId ?? Guid.Empty))
                                )
                        )
                        || c.Tasks.AsQueryable().Where(t => t.State == TaskState.Open).Any(asked)
                    )
                    && !c.Parties.Any(p => p.PartyId == member && p.Role == PartyRole.Recused)
                    && !c.Parties.Any(p => p.PartyId == member && p.Role == PartyRole.Subject)
                    && !db.Set<DeclaredRelation>()
                        .Any(r =>
                            r.EndedAt == null
                            && (
                                (
                                    r.MemberId == member
                                    && c.Parties.Any(p => p.Role == PartyRole.Subject && p.PartyId == r.OtherId)
                                )
                                || (
                                    r.OtherId == member
                                    && c.Parties.Any(p => p.Role == PartyRole.Subject && p.PartyId == r.MemberId)
                                )
                            )
                        )
                )
            );
    }

    /// <summary>
    /// Open tasks of any kind that the viewer may do for somebody else: not where that one himself may not (own motion,
    /// 回避), nor where the viewer has a voice in the step already.
    /// </summary>
    internal Expression<Func<TaskRow, bool>> Acting(Viewer viewer)
    {
        var member = viewer.MemberId;
        Expression<Func<TaskRow, bool>> any = t => false;
        foreach (var principal in viewer.ActsFor)
        {
            var absent = principal.MemberId;
            Expression<Func<TaskRow, bool>> free = t =>
                t.State == TaskState.Open
                && t.Case.StarterId != member
                && (t.MemberId != null || t.Case.StarterId != absent)
                && !Recused(absent).Any(r => r.Id == t.Id)
                && !db.Set<TaskRow>()
                    .Any(o =>
                        o.StepId == t.StepId
                        && o.Id != t.Id
                        && o.State != TaskState.Dropped
                        && o.State != TaskState.Handed
                        && (o.MemberId == member || o.DecidedBy == member)
                    );
            any = Access.Or(any, Access.And(Access.Through(principal), free));
        }
        return any;
    }

    /// <summary>Tasks of aid that the member must stand aside from; of tasks of other kinds none.</summary>
    public IQueryable<TaskRow> Recused(Guid member) =>
        db.Set<TaskRow>()
            .Where(t => t.State == TaskState.Open)
            .Where(t =>
                // What is asked of him by name as applicant is his own.
                (t.MemberId == null && t.Case.Parties.Any(p => p.PartyId == member && p.Role == PartyRole.Subject))
                || (
                    !Declares.Contains(t.Name)
                    && t.Case.Parties.Any(p => p.PartyId == member && p.Role == PartyRole.Recused)
                )
                || (
                    t.Name.StartsWith("aid.approve.")
                    && t.Name != "aid.approve.emergency"
                    && t.Case.Parties.Any(p => p.PartyId == member && Unapproving.Contains(p.Role))
                )
                || (
                    !Declares.Contains(t.Name)
                    && db.Set<DeclaredRelation>()
                        .Any(r =>
                            r.EndedAt == null
                            && (
                                (
                                    r.MemberId == member
                                    && t.Case.Parties.Any(p => p.Role == PartyRole.Subject && p.PartyId == r.OtherId)
                                )
                                || (
                                    r.OtherId == member
                                    && t.Case.Parties.Any(p => p.Role == PartyRole.Subject && p.PartyId == r.MemberId)
                                )
                            )
                        )
                )
            );
}
