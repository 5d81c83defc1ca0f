using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.Parameters;
using EduUnion.Domain.People;
using EduUnion.Host.Calendar;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using EduUnion.Host.Seeds;

namespace EduUnion.Host.Tour;

/// <summary>The people of one scenario: a district, a school, its departments, offices and one session.</summary>
public sealed class Town
{
    // What the people are called: in no mail may one of these stand.
    private const string Surnames = "程陆沈方叶苏钱邵顾何汪陶袁潘董梁杜阮江郝龚俞施贾夏蒋田范石姚谭廖熊金陈孔白崔康毛";

    private readonly Dictionary<string, Person> _people = [];
    private readonly Dictionary<string, Guid> _departments = [];

    private Town() { }

    public Guid SchoolId { get; private init; }
    public Guid DistrictId { get; private init; }
    public Guid SessionId { get; private set; }
    public Guid TermId { get; private set; }

    public Person this[string role] => _people[role];

    public IEnumerable<Person> People => _people.Values;

    public Guid Department(string name) => _departments[name];

    /// <summary>People who are there already, in the roles of a play.</summary>
    public static Town Of(Guid district, Guid school, IEnumerable<Person> people)
    {
        var town = new Town { DistrictId = district, SchoolId = school };
        foreach (var person in people)
            town._people[person.Role] = person;
        return town;
    }

    /// <summary>Somebody more, with his offices; the caller saves.</summary>
    public void Settle(
        EduUnionDb db,
        string role,
        Guid at,
        DateTimeOffset now,
        DateOnly since,
        params IReadOnlyList<(Office Office, Guid At)> offices
    )
    {
        var member = new Member
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = at,
            Name = $"{Surnames[_people.Count]}云舟",
            Email = $"p{_people.Count + 1}@school.example",
        };
        db.Add(member);
        foreach (var (office, where) in offices)
            db.Add(
                new OfficeHolding
                {
                    Id = Guid.CreateVersion7(now),
                    MemberId = member.Id,
                    Office = office,
                    OrganisationId = where,
                    From = since,
                }
            );
        _people[role] = new Person(member.Id, role, member.Name, [.. offices]);
    }

    /// <summary>
    /// Builds the town on an empty, migrated database, with the shipped parameters and calendar.
    /// </summary>
    public static async Task<Town> BuildAsync(
        Stage stage,
        string school,
        string code,
        (int Term, int Session, DateOnly OpensOn) congress,
        IReadOnlyList<string> departments,
        int filedBefore,
        IReadOnlyDictionary<string, string> parameters,
        CancellationToken cancellation
    )
    {
        await stage.WithAsync<ShippedParameters, bool>(async shipped =>
        {
            await shipped.LoadAsync(cancellation);
            return true;
        });
        await stage.WithAsync<ShippedCalendar, bool>(async shipped =>
        {
            await shipped.LoadAsync(cancellation);
            return true;
        });
        return await stage.WithAsync<EduUnionDb, Town>(async db =>
        {
            var now = stage.Time.GetUtcNow();
            var since = stage.Today.AddYears(-1);
            var district = Organisation(OrganisationKind.District, null, "QU", "某区教育工会");
            var place = Organisation(OrganisationKind.School, district.Id, code, school);
            var town = new Town { SchoolId = place.Id, DistrictId = district.Id };
            db.AddRange(district, place);
            foreach (var name in departments)
            {
                var department = Organisation(OrganisationKind.Department, place.Id, $"{code}-{name}", name);
                db.Add(department);
                town._departments[name] = department.Id;
            }

            void Add(string role, params (Office Office, Guid At)[] offices) =>
                town.Settle(db, role, place.Id, now, since, offices);

            Add("提案人");
            Add("附议人甲");
            Add("附议人乙");
            Add("提案人乙");
            Add("团长");
            Add("秘书", (Office.MotionSecretary, place.Id));
            Add("主任", (Office.MotionCommittee, place.Id), (Office.MotionCommitteeChair, place.Id));
            foreach (var n in "甲乙丙丁")
                Add($"委员{n}", (Office.MotionCommittee, place.Id));
            Add("工会主席", (Office.SchoolUnionChair, place.Id));
            Add("区经办", (Office.DistrictOfficer, district.Id));
            foreach (var (name, id) in town._departments)
            {
                Add($"{name}经办", (Office.DepartmentClerk, id));
                Add($"{name}负责人", (Office.DepartmentHead, id));
            }
            Add("分管校长", [.. town._departments.Values.Select(id => (Office.SchoolLeader, id))]);

            var closes = ChinaTime.At(congress.OpensOn.AddDays(-15), new TimeOnly(17, 0));
            var term = new CongressTerm
            {
                Id = Guid.CreateVersion7(now),
                SchoolId = place.Id,
                Number = congress.Term,
                From = since,
                Until = since.AddYears(3),
            };
            var session = new CongressSession
            {
                Id = Guid.CreateVersion7(now),
                TermId = term.Id,
                SchoolId = place.Id,
                TermNumber = congress.Term,
                Number = congress.Session,
                OpensOn = congress.OpensOn,
                CollectionOpensAt = ChinaTime.At(congress.OpensOn.AddDays(-30), TimeOnly.MinValue),
                CollectionClosesAt = closes,
                LastReceipt = filedBefore,
                LastFiled = filedBefore,
            };
            town.SessionId = session.Id;
            town.TermId = term.Id;
            var delegation = new Delegation
            {
                Id = Guid.CreateVersion7(now),
                TermId = term.Id,
                Name = "第一代表团",
                HeadId = town["团长"].Id,
            };
            db.AddRange(term, session, delegation);
            foreach (var name in new[] { "提案人", "附议人甲", "附议人乙", "提案人乙", "团长" })
                db.Add(
                    new Representative
                    {
                        Id = Guid.CreateVersion7(now),
                        TermId = term.Id,
                        MemberId = town[name].Id,
                        DelegationId = delegation.Id,
                        From = since,
                    }
                );
            foreach (var (key, value) in parameters)
                db.Add(
                    new Parameter
                    {
                        Id = Guid.CreateVersion7(now),
                        Key = key,
                        OrganisationId = place.Id,
                        Value = value,
                        ValidFrom = since,
                        RecordedAt = now,
                    }
                );
            await db.SaveChangesAsync(cancellation);
            return town;

            Organisation Organisation(OrganisationKind kind, Guid? parent, string itsCode, string name) =>
                new()
                {
                    Id = Guid.CreateVersion7(now),
                    ParentId = parent,
                    Kind = kind,
                    Code = itsCode,
                    Name = name,
                    Phone = "分机 8016",
                };
        });
    }
}
