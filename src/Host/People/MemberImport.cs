using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using EduUnion.Host.Sheets;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.People;

/// <summary>
/// A roster as a sheet: new members are added, known ones (by mail address, else by name within their organisation) are
/// brought up to date. An empty cell leaves what is recorded. Looking and writing are the same computation, so what was
/// shown is what happens; lines that are refused do not hold up the others.
/// </summary>
public sealed class MemberImport(EduUnionDb db, OrganisationBook organisations, AdminLog log, TimeProvider time)
{
    private static readonly (string Column, ImmutableArray<string> Called, bool Required)[] Columns =
    [
        ("name", ["姓名", "name"], true),
        ("organisation", ["单位", "学校", "organisation", "school"], true),
        ("email", ["邮箱", "电子邮箱", "email"], false),
        ("phone", ["电话", "手机", "phone"], false),
        ("kind", ["类别", "kind"], false),
        ("joinedOn", ["入会日期", "joined"], false),
        ("leftOn", ["离会日期", "left"], false),
    ];

    private static readonly ImmutableDictionary<string, MemberKind> Kinds = new Dictionary<string, MemberKind>
    {
        ["在编"] = MemberKind.Established,
        ["编外"] = MemberKind.Contract,
        ["临代"] = MemberKind.Contract,
        ["编外/临代"] = MemberKind.Contract,
        ["退休"] = MemberKind.Retired,
        ["遗属"] = MemberKind.Bereaved,
    }.ToImmutableDictionary();

    /// <summary>The register as a sheet that can be imported again.</summary>
    public static byte[] Export(IEnumerable<MemberItem> members, OrganisationBook organisations) =>
        CsvText.Write(
            members
                .Select(m =>
                    (IReadOnlyList<string?>)
                        [
                            m.Name,
                            organisations.Find(m.OrganisationId)?.Name,
                            m.Email,
                            m.Phone,
                            Kinds.First(k => k.Value == m.Kind && k.Key != "临代" && !k.Key.Contains('/')).Key,
                            $"{m.JoinedOn:yyyy-MM-dd}",
                            $"{m.LeftOn:yyyy-MM-dd}",
                        ]
                )
                .Prepend([.. Columns.Select(c => c.Called[0])])
        );

    /// <summary>
    /// Refusals of the whole: those of <see cref="Sheet.Read"/>. Of a line: those of <see cref="MemberDetails.Check"/>,
    /// <c>import.organisation</c>, <c>import.kind</c>, <c>import.date</c>, <c>import.ambiguous</c> (several of this name),
    /// <c>import.other-person</c> (the address is somebody else's), <c>import.elsewhere</c> (a move is made by hand),
    /// <c>import.leaves-office</c> (who holds an office leaves by hand), <c>import.twice</c>.
    /// </summary>
    public async Task<Outcome<ImportResult>> RunAsync(string text, bool apply, Guid by, CancellationToken cancellation)
    {
        var sheet = Sheet.Read(text, Columns);
        if (!sheet.IsOk)
            return sheet.Refusal;
        var places = organisations.All().Where(o => o.Kind != OrganisationKind.Department).ToList();
        await using var transaction = await db.BeginWriteAsync(cancellation);
        // One import at a time: two of the same file must not add everybody twice.
        foreach (var district in places.Where(o => o.Kind == OrganisationKind.District))
            await db.LockOrganisationAsync(district.Id, cancellation);
        var known = await db.Set<Member>().ToListAsync(cancellation);
        var byMail = known.Where(m => m.Email is not null).ToLookup(m => m.Email!.ToLowerInvariant());
        var byName = known.ToLookup(m => (m.OrganisationId, m.Name));
        var today = ChinaTime.DateOf(time.GetUtcNow());
        var holders = await db.Set<OfficeHolding>()
            .Where(h => h.Until == null || h.Until >= today)
            .Select(h => h.MemberId)
            .ToHashSetAsync(cancellation);
        var register = new Register(places, byMail, byName, holders, []);
        var lines = new List<ImportLine>();
        foreach (var row in sheet.Value)
            lines.Add(Take(row, register, by));
        if (apply)
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        db.ChangeTracker.Clear();
        return new ImportResult(lines, apply);
    }

    /// <summary>What is recorded, and who has come in this sheet already.</summary>
    private sealed record Register(
        IReadOnlyList<Organisation> Places,
        ILookup<string, Member> ByMail,
        ILookup<(Guid, string), Member> ByName,
        HashSet<Guid> Holders,
        HashSet<Member> Seen
    )
    {
        public Organisation Place(Guid id) => Places.First(p => p.Id == id);
    }

    private ImportLine Take(SheetRow row, Register register, Guid by)
    {
        var seen = register.Seen;
        var read = Read(row, register.Places);
        if (!read.IsOk)
            return Refused(read.Refusal);
        var typed = read.Value;
        var found = Match(typed, register.ByMail, register.ByName);
        if (!found.IsOk)
            return Refused(found.Refusal);
        var member =
            found.Value
            ?? seen.FirstOrDefault(m =>
                m.Name == typed.Name && m.OrganisationId == typed.OrganisationId
                || typed.Email is not null && m.Email == typed.Email
            );
        if (member is not null && !seen.Add(member))
            return Refused(Refusal.Because("import.twice"));
        if (member is null)
        {
            member = new Member
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                OrganisationId = typed.OrganisationId,
                Name = typed.Name,
            };
            typed.WriteTo(member);
            db.Add(member);
            seen.Add(member);
            log.Add(by, "member.added", member.Name, register.Place(member.OrganisationId).Name);
            return new(row.Line, typed.Name, LineOutcome.Added);
        }
        var before = MemberDetails.Of(member);
        var after = before with
        {
            Email = typed.Email ?? before.Email,
            Phone = typed.Phone ?? before.Phone,
            Kind = row["kind"].Length > 0 ? typed.Kind : before.Kind,
            JoinedOn = typed.JoinedOn ?? before.JoinedOn,
            LeftOn = typed.LeftOn ?? before.LeftOn,
        };
        if (after == before)
            return new(row.Line, typed.Name, LineOutcome.Same);
        if (after.Check(register.Place(after.OrganisationId)) is { } wrong)
            return Refused(wrong);
        if (after.LeftOn != before.LeftOn && register.Holders.Contains(member.Id))
            return Refused(Refusal.Because("import.leaves-office"));
        after.WriteTo(member);
        log.Add(by, "member.changed", member.Name);
        return new(row.Line, typed.Name, LineOutcome.Changed);

        ImportLine Refused(Refusal refusal) => new(row.Line, row["name"], LineOutcome.Refused, refusal);
    }

    /// <summary>The recorded member of this line; null = there is none.</summary>
    private static Outcome<Member?> Match(
        MemberDetails typed,
        ILookup<string, Member> byMail,
        ILookup<(Guid, string), Member> byName
    )
    {
        if (typed.Email is { } email && byMail[email.ToLowerInvariant()].FirstOrDefault() is { } owner)
            return owner.Name != typed.Name ? Refusal.Because("import.other-person", owner.Name)
                : owner.OrganisationId != typed.OrganisationId ? Refusal.Because("import.elsewhere")
                : owner;
        var named = byName[(typed.OrganisationId, typed.Name)].ToList();
        return named.Count > 1 ? Refusal.Because("import.ambiguous", named.Count) : named.FirstOrDefault();
    }

    private static Outcome<MemberDetails> Read(SheetRow row, IReadOnlyList<Organisation> places)
    {
        var place = places.FirstOrDefault(o => o.Name == row["organisation"] || o.Code == row["organisation"]);
        if (place is null)
            return Refusal.Because("import.organisation", row["organisation"]);
        var kind = MemberKind.Established;
        var typed = row["kind"];
        if (typed.Length > 0 && !Kinds.TryGetValue(typed, out kind) && !Enum.TryParse(typed, true, out kind))
            return Refusal.Because("import.kind", typed);
        var (joined, left) = (row.Date("joinedOn"), row.Date("leftOn"));
        if (!joined.IsOk)
            return joined.Refusal;
        if (!left.IsOk)
            return left.Refusal;
        var details = new MemberDetails(
            place.Id,
            row["name"],
            row["email"],
            row["phone"],
            kind,
            joined.Value,
            left.Value
        ).Trimmed();
        return details.Check(place) is { } wrong ? wrong : details;
    }
}
