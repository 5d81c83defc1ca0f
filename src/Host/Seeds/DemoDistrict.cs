using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Tour;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Seeds;

/// <summary>A demonstration account as it is printed at start.</summary>
public sealed record DemoAccount(string UserName, string Name, string Role, string Organisation);

/// <summary>
/// A fictional district with three schools, their people and running congresses, written whole or not at all. Dates are
/// relative to the day of seeding: the collection opened ten days ago and closes in twenty, so that everything can be
/// tried at once.
/// </summary>
public sealed class DemoDistrict(
    EduUnionDb db,
    OrganisationBook organisations,
    IPasswordHasher<User> hasher,
    ILookupNormalizer normalizer,
    TimeProvider time
)
{
    /// <summary>No secret: it opens accounts of people who do not exist, in development only.</summary>
    public const string Password = "Yunxi-Demo-2026";

    private static string? _hash;

    private static readonly string[] Schools = ["yunxi-zhongxue", "yunxi-xiaoxue", "yunxi-youeryuan"];

    public static IReadOnlyList<DemoAccount> Accounts() =>
        [
            .. Schools
                .Prepend("district")
                .Select(Read)
                .SelectMany(
                    f => f.Members.Where(m => m.Account),
                    (f, m) => new DemoAccount(m.Login, m.Name, m.Role, f.Name)
                ),
        ];

    public Task<bool> IsLoadedAsync(CancellationToken cancellation) =>
        db.Set<Organisation>().AnyAsync(o => o.Id == DistrictId, cancellation);

    /// <summary>False, and nothing written, when there are organisations already: demonstration and real data never mix.</summary>
    public async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        await using var transaction = await db.BeginWriteAsync(cancellation);
        if (await db.Set<Organisation>().AnyAsync(cancellation))
            return false;

        var file = Read("district");
        var district = Add(file.Code, file.Name, file.Phone, OrganisationKind.District, null, "district");
        AddPeople(file, "district", district);
        foreach (var school in Schools)
            AddSchool(school, district);
        try
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (DbUpdateException refused) when (db.IsUniqueViolation(refused))
        {
            // Another node seeded at the same moment, with the same ids.
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
            organisations.Changed();
        }
        return true;
    }

    public static Guid DistrictId { get; } = Id("district");

    /// <summary>The id of a demonstration member by sign-in name.</summary>
    public static Guid MemberId(string login) => Id($"member/{login}");

    /// <summary>A demonstration member in a role of a play, with the offices by which his tasks are found.</summary>
    public static Person Cast(string login, string role)
    {
        foreach (var name in Schools.Prepend("district"))
        {
            var file = Read(name);
            if (file.Members.FirstOrDefault(m => m.Login == login) is { } found)
                return new(
                    MemberId(login),
                    role,
                    found.Name,
                    [.. found.Held().Where(h => h.Department is null).Select(h => (h.Office, Place(name, file)))]
                );
        }
        throw new StartRefused($"seeds/demo has no member {login}.");

        static Guid Place(string name, DemoFile file) => name == "district" ? DistrictId : OrganisationId(file.Code);
    }

    /// <summary>The id of a demonstration organisation by its code path: <c>YXZX</c> or <c>YXZX/ZWC</c>.</summary>
    public static Guid OrganisationId(string codes) => Id($"organisation/{codes}");

    /// <summary>The id of the running session of a demonstration school by the school's code.</summary>
    public static Guid SessionId(string school) => Id($"session/{school}");

    private void AddSchool(string name, Guid district)
    {
        var file = Read(name);
        var school = Add(
            file.Code,
            file.Name,
            file.Phone,
            OrganisationKind.School,
            district,
            $"organisation/{file.Code}"
        );
        foreach (var department in file.Departments)
            Add(
                department.Code,
                department.Name,
                department.Phone,
                OrganisationKind.Department,
                school,
                $"organisation/{file.Code}/{department.Code}"
            );
        AddPeople(file, $"organisation/{file.Code}", school);
        AddCongress(file, school);
    }

    private Guid Add(string code, string name, string phone, OrganisationKind kind, Guid? parent, string key)
    {
        var organisation = new Organisation
        {
            Id = Id(key),
            ParentId = parent,
            Kind = kind,
            Code = code,
            Name = name,
            Phone = phone,
        };
        db.Add(organisation);
        return organisation.Id;
    }

    private void AddPeople(DemoFile file, string key, Guid organisation)
    {
        var since = Today.AddYears(-1);
        // One password, one hash: hashing is slow on purpose, and there are fifty of them.
        var hash = LazyInitializer.EnsureInitialized(ref _hash, () => hasher.HashPassword(new User(), Password));
        foreach (var person in file.Members)
        {
            var member = new Member
            {
                Id = MemberId(person.Login),
                OrganisationId = organisation,
                Name = person.Name,
                Email = $"{person.Login}@yunxi.example",
            };
            db.Add(member);
            foreach (var (office, department) in person.Held())
                db.Add(
                    new OfficeHolding
                    {
                        Id = Id($"holding/{person.Login}/{office}/{department}"),
                        MemberId = member.Id,
                        Office = office,
                        OrganisationId = department is null ? organisation : Id($"{key}/{department}"),
                        From = since,
                    }
                );
            if (person.Account)
                db.Add(Account(person, member.Id, hash));
        }
    }

    private User Account(DemoMember person, Guid member, string hash) =>
        new()
        {
            Id = Id($"user/{person.Login}"),
            MemberId = member,
            UserName = person.Login,
            NormalizedUserName = normalizer.NormalizeName(person.Login),
            PasswordHash = hash,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            LockoutEnabled = true,
        };

    private void AddCongress(DemoFile file, Guid school)
    {
        var elected = Today.AddMonths(-14);
        var term = new CongressTerm
        {
            Id = Id($"term/{file.Code}"),
            SchoolId = school,
            Number = 3,
            From = elected,
            Until = elected.AddYears(3).AddDays(-1),
        };
        var closes = Today.AddDays(20);
        db.AddRange(
            term,
            new CongressSession
            {
                Id = SessionId(file.Code),
                TermId = term.Id,
                SchoolId = school,
                TermNumber = term.Number,
                Number = 2,
                OpensOn = closes.AddDays(15),
                CollectionOpensAt = ChinaTime.At(Today.AddDays(-10), new TimeOnly(8, 0)),
                CollectionClosesAt = ChinaTime.At(closes, new TimeOnly(17, 0)),
            }
        );
        foreach (var delegation in file.Delegations)
            db.Add(
                new Delegation
                {
                    Id = Id($"delegation/{file.Code}/{delegation.Name}"),
                    TermId = term.Id,
                    Name = delegation.Name,
                    HeadId = MemberId(delegation.Head),
                }
            );
        foreach (var person in file.Members.Where(m => m.Delegation is not null))
            db.Add(
                new Representative
                {
                    Id = Id($"representative/{person.Login}"),
                    TermId = term.Id,
                    MemberId = MemberId(person.Login),
                    DelegationId = Id($"delegation/{file.Code}/{person.Delegation}"),
                    From = elected,
                }
            );
    }

    private DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    private static DemoFile Read(string name) => SeedFiles.Read<DemoFile>($"demo/{name}.json");

    private static Guid Id(string name) => SeedFiles.IdOf($"demo/{name}");
}
