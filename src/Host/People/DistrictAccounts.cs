using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.People;

/// <summary>Somebody of the district office who is to get an account.</summary>
public sealed record DistrictPerson(string UserName, string Name, string? Email, IReadOnlyList<Office> Offices);

/// <summary>Creates people of the district with their accounts, before anybody can sign in; from the command line only.</summary>
public sealed class DistrictAccounts(
    EduUnionDb db,
    UserManager<User> users,
    OrganisationBook organisations,
    AdminLog log,
    TimeProvider time
)
{
    /// <summary>Those that are held at the district; all others belong to a school.</summary>
    public static IReadOnlyList<Office> Offices { get; } =
    [
        Office.Administrator,
        Office.DistrictOfficer,
        Office.DistrictChair,
        Office.DistrictViceChair,
        Office.Finance,
        Office.Auditor,
    ];

    /// <summary>Member, offices and account in one commit, with the district when there is none.</summary>
    /// <returns>The name of the district.</returns>
    /// <exception cref="StartRefused">An office of a school, offices that exclude each other, no district, a name that is taken, an unsuitable password.</exception>
    public async Task<string> CreateAsync(
        DistrictPerson person,
        string? district,
        string password,
        CancellationToken cancellation
    )
    {
        if (person.Offices.Except(Offices).Any())
            throw new StartRefused($"At the district there are the offices {string.Join(", ", Offices)}.");
        if (string.IsNullOrWhiteSpace(person.Name))
            throw new StartRefused("--name is empty.");
        await using var transaction = await db.BeginWriteAsync(cancellation);
        var place = await DistrictAsync(district, cancellation);
        var now = time.GetUtcNow();
        var member = new Member
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = place.Id,
            Name = person.Name.Trim(),
            Email = person.Email,
        };
        db.Add(member);
        var held = new List<OfficeHolding>();
        foreach (var office in person.Offices.Distinct())
        {
            var holding = new OfficeHolding
            {
                Id = Guid.CreateVersion7(now),
                MemberId = member.Id,
                Office = office,
                OrganisationId = place.Id,
                From = ChinaTime.DateOf(now),
            };
            if (Separation.Check(holding, held) is { } refused)
                throw new StartRefused($"{office} and {refused.Arguments[0]} are not for one person.");
            held.Add(holding);
        }
        db.AddRange(held);
        log.Add(null, "account.created", member.Name, string.Join(' ', person.Offices));
        var account = new User
        {
            Id = Guid.CreateVersion7(now),
            MemberId = member.Id,
            UserName = person.UserName.Trim(),
            LockoutEnabled = true,
        };
        var created = await users.CreateAsync(account, password);
        if (!created.Succeeded)
            throw new StartRefused(string.Join(' ', created.Errors.Select(e => e.Description)));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        organisations.Changed();
        return place.Name;
    }

    private async Task<Organisation> DistrictAsync(string? name, CancellationToken cancellation)
    {
        var districts = await db.Set<Organisation>()
            .Where(o => o.Kind == OrganisationKind.District)
            .ToListAsync(cancellation);
        if (districts.Count == 0)
        {
            if (string.IsNullOrWhiteSpace(name))
                throw new StartRefused("There is no district yet; name it with --district.");
            var district = new Organisation
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                Kind = OrganisationKind.District,
                Code = "DISTRICT",
                Name = name.Trim(),
            };
            db.Add(district);
            return district;
        }
        return districts.SingleOrDefault(d => name is null ? districts.Count == 1 : d.Name == name.Trim())
            ?? throw new StartRefused($"The district is {string.Join(" or ", districts.Select(d => d.Name))}.");
    }
}
