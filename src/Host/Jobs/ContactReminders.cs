using System.Collections.Immutable;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Aid;
using EduUnion.Host.Calendar;
using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Jobs;

/// <summary>
/// Reminds leaders of the contacts they owe (领导联系, domain §3.5 and §7, A12): two a calendar year, one of them before
/// the Spring Festival, so the first is due on the last working day before it and the second on the year's last one.
/// Parameter <c>remind.before.contact</c>.
/// </summary>
public sealed class ContactReminders(
    EduUnionDb db,
    AidFiles files,
    Occasions occasions,
    CalendarBook calendars,
    RuleBook rules,
    OrganisationBook organisations,
    TimeProvider time
) : IJob
{
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = ChinaTime.DateOf(now);
        var festival = StatutoryHolidays.SpringFestival(today.Year);
        var told = 0;
        foreach (var school in await SchoolsAsync(cancellation))
        {
            var calendar = await calendars.ForAsync(school, cancellation);
            var ruled = await rules.ForAsync(school, now, cancellation);
            const string ladder = "remind.before.contact";
            ImmutableArray<int> before = ruled.Text(ladder).Length == 0 ? [] : ruled.Numbers(ladder);
            var first = today < festival;
            var due = calendar.BackWorkdays(first ? festival : new DateOnly(today.Year + 1, 1, 1), 1);
            var marks = before
                .Select(n => (Left: n, On: calendar.BackWorkdays(due, n)))
                .Where(m => m.On <= today && today <= due)
                .ToList();
            // Of several that were missed only the last.
            if (marks.Count > 0)
                told += await TellAsync(
                    school,
                    file =>
                        first
                            ? file.ContactsOwed(festival).BeforeFestivalMissing
                            : file.ContactsOwed(festival).Missing > 0,
                    marks.MaxBy(m => m.On).On,
                    marks.MaxBy(m => m.On).Left == before.Min(),
                    due,
                    now,
                    cancellation
                );
        }
        return told;
    }

    private async Task<int> TellAsync(
        Guid school,
        Func<AidFile, bool> owes,
        DateOnly mark,
        bool last,
        DateOnly due,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var kind = last ? NoticeKind.ContactLastCall : NoticeKind.ContactDue;
        var open = await db.Set<AidFileRow>()
            .AsNoTracking()
            .Where(f => f.SchoolId == school && f.State == nameof(FileState.Active))
            .Where(f => !db.Set<ToldOccasion>().Any(o => o.Kind == kind.Code && o.SubjectId == f.Id && o.On == mark))
            .OrderBy(f => f.Number)
            .ToListAsync(cancellation);
        var told = 0;
        foreach (var row in open)
            if (files.Read(row) is { LeaderId: { } leader } file && owes(file))
            {
                var args = new Dictionary<string, string>
                {
                    ["organisation"] = organisations.Find(school)?.Name ?? "",
                    ["case"] = row.Number,
                };
                var to = NoticeRecipients.ToMembers(leader);
                var notice = Notice.Of(kind, row.Id, to, args, $"/aid/files/{row.Id}", now, due);
                told += await occasions.TellAsync(notice, row.Id, mark, cancellation) ? 1 : 0;
            }
        return told;
    }

    private Task<List<Guid>> SchoolsAsync(CancellationToken cancellation) =>
        db.Set<AidFileRow>()
            .Where(f => f.State == nameof(FileState.Active))
            .Select(f => f.SchoolId)
            .Distinct()
            .OrderBy(id => id)
            .ToListAsync(cancellation);
}
