using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Deputies;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.People;

/// <summary>Turns the members and offices of notices into people with an address, as they stand on the day of sending.</summary>
public sealed class MailRecipients(TimeProvider time)
{
    public async Task<ILookup<Guid, MailRecipient>> ResolveAsync(
        EduUnionDb db,
        IReadOnlyList<Notice> notices,
        CancellationToken cancellation
    )
    {
        var today = DeliveryHours.Today(time.GetUtcNow());
        var wanted = notices.Select(n => (n.Id, n.Recipients)).ToList();
        var organisations = wanted
            .SelectMany(n => n.Recipients.Offices)
            .Select(o => o.Organisation)
            .Distinct()
            .ToList();
        var holders = await db.Set<OfficeHolding>()
            .AsNoTracking()
            .Where(h => organisations.Contains(h.OrganisationId))
            .Where(h => h.From <= today && (h.Until == null || h.Until >= today))
            .ToListAsync(cancellation);
        var byOffice = holders.ToLookup(h => (h.Office.ToString(), h.OrganisationId), h => h.MemberId);
        var schools = wanted.SelectMany(n => n.Recipients.Staff).Distinct().ToList();
        var staff =
            schools.Count == 0
                ? []
                : await db.Set<Member>()
                    .AsNoTracking()
                    .ActiveOn(today)
                    .Where(m => schools.Contains(m.OrganisationId))
                    .ToListAsync(cancellation);
        var bySchool = staff.ToLookup(m => m.OrganisationId, m => m.Id);
        var pairs = wanted
            .SelectMany(n =>
                n.Recipients.Members.Concat(n.Recipients.Offices.SelectMany(o => byOffice[(o.Office, o.Organisation)]))
                    .Concat(n.Recipients.Staff.SelectMany(school => bySchool[school]))
                    .Except(n.Recipients.Except)
                    .Select(member => (Notice: n.Id, Member: member))
            )
            .ToList();
        var acting = await ActingAsync(db, notices, pairs.ToHashSet(), today, cancellation);
        var ids = pairs.Concat(acting).Select(p => p.Member).Distinct().ToList();
        var people = await db.Set<Member>()
            .AsNoTracking()
            .ActiveOn(today)
            .Where(m => ids.Contains(m.Id) && m.Email != null)
            .ToDictionaryAsync(m => m.Id, cancellation);
        return pairs
            .Concat(acting)
            .Where(p => people.ContainsKey(p.Member))
            .ToLookup(
                p => p.Notice,
                p => new MailRecipient(p.Member, people[p.Member].Email!, people[p.Member].Language)
                {
                    IsDeputy = acting.Contains(p),
                }
            );
    }

    /// <summary>
    /// Who acts for one of them (代理) and can do something of the case now in that one's place. What is between two
    /// persons is told to no third.
    /// </summary>
    private static async Task<IReadOnlySet<(Guid Notice, Guid Member)>> ActingAsync(
        EduUnionDb db,
        IReadOnlyList<Notice> notices,
        IReadOnlySet<(Guid Notice, Guid Member)> told,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var acting = new HashSet<(Guid, Guid)>();
        var principals = told.Select(t => t.Member).Distinct().ToList();
        var named = await DeputyBook
            .InForce(db, today)
            .AsNoTracking()
            .Where(d => principals.Contains(d.PrincipalId))
            .ToListAsync(cancellation);
        if (named.Count == 0)
            return acting;
        var deputies = new DeputyBook(db, new OfficeBook(db));
        var aid = new AidAccess(db);
        foreach (var (deputy, principal) in named.Select(d => (d.DeputyId, d.PrincipalId)).Distinct())
        {
            var viewer = new Viewer(deputy, [], [], today)
            {
                ActsFor =
                [
                    .. (await deputies.PrincipalsOfAsync(deputy, today, cancellation)).Where(p =>
                        p.MemberId == principal
                    ),
                ],
            };
            var mine = notices
                .Where(n => n.CaseId is not null && IsOfWork(n))
                .Where(n => told.Contains((n.Id, principal)) && !told.Contains((n.Id, deputy)))
                .Where(n => !n.Recipients.Except.Contains(deputy))
                .ToList();
            var cases = mine.Select(n => n.CaseId!.Value).Distinct().ToList();
            var open = await db.Set<TaskRow>()
                .Where(t => cases.Contains(t.CaseId))
                .Where(aid.Acting(viewer))
                .Select(t => t.CaseId)
                .Distinct()
                .ToListAsync(cancellation);
            acting.UnionWith(mine.Where(n => open.Contains(n.CaseId!.Value)).Select(n => (n.Id, deputy)));
        }
        return acting;
    }

    private static bool IsOfWork(Notice notice) => notice.Kind.Split('.')[0] is not ("O3" or "O4" or "O6");
}
