using EduUnion.Domain.People;
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
        var ids = pairs.Select(p => p.Member).Distinct().ToList();
        var people = await db.Set<Member>()
            .AsNoTracking()
            .ActiveOn(today)
            .Where(m => ids.Contains(m.Id) && m.Email != null)
            .ToDictionaryAsync(m => m.Id, cancellation);
        return pairs
            .Where(p => people.ContainsKey(p.Member))
            .ToLookup(
                p => p.Notice,
                p => new MailRecipient(p.Member, people[p.Member].Email!, people[p.Member].Language)
            );
    }
}
