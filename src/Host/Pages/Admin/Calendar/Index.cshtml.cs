using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Calendar;
using EduUnion.Host.Clocks;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Admin.Calendar;

/// <summary>The calendar in force and its versions.</summary>
[Authorize(Policies.Settings)]
public sealed class IndexModel(
    EduUnionDb db,
    CalendarChanges changes,
    OrganisationBook organisations,
    TimeProvider time
) : PageModel
{
    private const int Shown = 30;

    public sealed record VersionLine(int Number, DateTimeOffset At, string? By, string Note);

    /// <summary>From last year on; what lies further back interests nobody who looks here.</summary>
    public IReadOnlyList<(int Year, YearSchedule Schedule)> Years { get; private set; } = [];

    /// <summary>Years that deadlines reach already and that have no schedule.</summary>
    public IReadOnlyList<int> Missing { get; private set; } = [];
    public IReadOnlyList<(LocalDaysOff Days, string Organisation, string Remove)> Local { get; private set; } = [];
    public IReadOnlyList<VersionLine> Versions { get; private set; } = [];

    /// <summary>Clocks wait for being computed again.</summary>
    public bool Pending { get; private set; }

    /// <summary>After the redirect: the version just saved.</summary>
    [TempData]
    public int? Recorded { get; set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var latest = await changes.LatestAsync(cancellation);
        var today = ChinaTime.DateOf(time.GetUtcNow());
        Years = [.. latest.Schedule.Years.Where(y => y.Key >= today.Year - 1).Reverse().Select(y => (y.Key, y.Value))];
        // Published each November; before that next year's absence is nothing to worry about.
        Missing =
        [
            .. new[] { today.Year, today.Year + (today.Month >= 11 ? 1 : 0) }
                .Distinct()
                .Where(y => !latest.Schedule.Years.ContainsKey(y)),
        ];
        Local =
        [
            .. latest
                .Local.Where(off => off.To.Year >= today.Year - 1)
                .OrderByDescending(off => off.From)
                .Select(off => (off, organisations.Find(off.OrganisationId)?.Name ?? "", LocalModel.RemovalOf(off))),
        ];
        Versions = await (
            from version in db.Set<CalendarVersion>().AsNoTracking()
            join member in db.Set<Member>() on version.RecordedBy equals (Guid?)member.Id into members
            from member in members.DefaultIfEmpty()
            orderby version.Number descending
            select new VersionLine(
                version.Number,
                version.RecordedAt,
                member == null ? null : member.Name,
                version.Note
            )
        )
            .Take(Shown)
            .ToListAsync(cancellation);
        Pending = await db.Set<ClockRow>()
            .AnyAsync(c => c.StoppedAt == null && c.Name != "timer" && c.CalendarVersion < latest.Number, cancellation);
    }
}
