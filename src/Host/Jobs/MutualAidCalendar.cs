using System.Collections.Immutable;
using System.Globalization;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.Parameters;
using EduUnion.Domain.People;
using EduUnion.Host.Calendar;
using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;

namespace EduUnion.Host.Jobs;

/// <summary>
/// The year of the mutual fund (互济会, domain §3.7 and §7, A13): its collection begins, the schools' lists of grants are
/// due on the first working days of December, the district checks them. Parameters <c>mutual.collect_month</c> (0 =
/// there is no such fund), <c>mutual.list_wd</c>, <c>remind.before.mutual.list</c>.
/// </summary>
public sealed class MutualAidCalendar(
    Occasions occasions,
    CalendarBook calendars,
    RuleBook rules,
    OrganisationBook organisations,
    TimeProvider time
) : IJob
{
    /// <summary>Days after which a beginning is no news any more: a program that stood still that long says nothing.</summary>
    private const int Fresh = 7;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var told = 0;
        foreach (var organisation in organisations.All())
        {
            if (organisation.Kind == OrganisationKind.Department)
                continue;
            var ruled = await rules.ForAsync(organisation.Id, now, cancellation);
            if (ruled.Number("mutual.collect_month") == 0)
                continue;
            var calendar = await calendars.ForAsync(organisation.Id, cancellation);
            var office =
                organisation.Kind == OrganisationKind.School ? Office.SchoolUnionChair : Office.DistrictOfficer;
            if (Today(ChinaTime.DateOf(now), organisation.Kind, ruled, calendar) is var (kind, on, due))
                told += await TellAsync(kind, organisation, office, on, due, now, cancellation) ? 1 : 0;
        }
        return told;
    }

    /// <summary>What the calendar says today: at most one thing, and of several marks that were missed only the last.</summary>
    private static (NoticeKind Kind, DateOnly On, DateOnly? Due)? Today(
        DateOnly today,
        OrganisationKind at,
        Rules ruled,
        WorkingCalendar calendar
    )
    {
        var list = calendar.AddWorkdays(new DateOnly(today.Year, 11, 30), ruled.Number("mutual.list_wd"));
        if (at == OrganisationKind.District)
            return IsFresh(list.AddDays(1), today) ? (NoticeKind.MutualListsToCheck, list, null) : null;

        var begins = new DateOnly(today.Year, ruled.Number("mutual.collect_month"), 1);
        if (IsFresh(begins, today))
            return (NoticeKind.MutualCollection, begins, begins.AddMonths(1).AddDays(-1));

        const string ladder = "remind.before.mutual.list";
        ImmutableArray<int> before = ruled.Text(ladder).Length == 0 ? [] : ruled.Numbers(ladder);
        var mark = before
            .Select(n => (Left: n, On: calendar.BackWorkdays(list, n)))
            .Where(m => m.On <= today && today <= list)
            .Select(m => ((int Left, DateOnly On)?)m)
            .MaxBy(m => m!.Value.On);
        return mark is { Left: var left, On: var on }
            ? (left > 1 ? NoticeKind.MutualListDue : NoticeKind.MutualListLastCall, on, list)
            : null;
    }

    private static bool IsFresh(DateOnly begins, DateOnly today) => begins <= today && today < begins.AddDays(Fresh);

    private Task<bool> TellAsync(
        NoticeKind kind,
        Organisation organisation,
        Office office,
        DateOnly on,
        DateOnly? due,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var args = new Dictionary<string, string>
        {
            ["organisation"] = organisation.Name,
            ["year"] = on.Year.ToString(CultureInfo.InvariantCulture),
        };
        var to = NoticeRecipients.ToOffice(office.ToString(), organisation.Id);
        var notice = Notice.Of(kind, null, to, args, "/", now, due);
        return occasions.TellAsync(notice, organisation.Id, on, cancellation);
    }
}
