using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Relations;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>
/// Members of a household who are members of the union, too: whoever is named so stands aside from the case (回避). They are
/// known by their exact name, so that nobody is kept out of a case by a slip.
/// </summary>
public sealed class HouseholdLinks(EduUnionDb db)
{
    /// <summary>Active members of exactly this name, the applicant apart.</summary>
    public async Task<IReadOnlyList<Colleague>> NamedAsync(
        string name,
        Guid applicant,
        DateOnly today,
        CancellationToken cancellation
    ) =>
        await db.Set<Member>()
            .AsNoTracking()
            .ActiveOn(today)
            .Where(m => m.Name == name && m.Id != applicant)
            .OrderBy(m => m.Id)
            .Select(m => new Colleague(m.Id, m.Name, m.OrganisationId))
            .ToListAsync(cancellation);

    /// <summary>
    /// Refusal, at <c>members[N].memberId</c>: <c>aid.colleague-unknown</c>, of whom there was none of this name before. Who
    /// has left since he was named stays named.
    /// </summary>
    public async Task<Refusal?> CheckAsync(
        AidContent content,
        AidContent before,
        Guid applicant,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        for (var i = 0; i < content.Members.Length; i++)
        {
            var member = content.Members[i];
            if (
                member.MemberId is { } id
                && !before.Members.Any(b => b.MemberId == id && b.Name == member.Name)
                && (await NamedAsync(member.Name, applicant, today, cancellation)).All(c => c.Id != id)
            )
                return Refusal.At($"members[{i}].memberId", "aid.colleague-unknown");
        }
        return null;
    }
}
