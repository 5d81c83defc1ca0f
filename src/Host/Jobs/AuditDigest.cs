using System.Globalization;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Administration;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Jobs;

/// <summary>
/// Tells the auditors on Monday at 08:30 how often, in the week before, somebody stood aside, protected data were looked
/// at, an account was closed by wrong passwords and a list was taken away as a file (domain §7, A14). Figures only.
/// </summary>
public sealed class AuditDigest(EduUnionDb db, OrganisationBook organisations, Occasions occasions, TimeProvider time)
    : IJob
{
    private static readonly TimeOnly Morning = new(8, 30);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var today = ChinaTime.DateOf(now);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        if (now < ChinaTime.At(monday, Morning))
            return 0;
        var told = 0;
        foreach (var district in organisations.All().Where(o => o.Kind == OrganisationKind.District))
            if (!await occasions.IsToldAsync(NoticeKind.AuditDigest, district.Id, monday, cancellation))
                told += await TellAsync(district, monday, now, cancellation) ? 1 : 0;
        return told;
    }

    private async Task<bool> TellAsync(
        Organisation district,
        DateOnly monday,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        var from = monday.AddDays(-7);
        var (since, until) = (ChinaTime.EndOfDay(from.AddDays(-1)), ChinaTime.EndOfDay(monday.AddDays(-1)));
        var acts = db.Set<AdminLogLine>().Where(l => l.At >= since && l.At < until);
        var args = new Dictionary<string, string>
        {
            ["organisation"] = district.Name,
            ["from"] = Date(from),
            ["until"] = Date(monday.AddDays(-1)),
            ["recusals"] = Figure(
                await db.Set<JournalLine>()
                    .CountAsync(
                        l => l.At >= since && l.At < until && (l.Outcome == "recuse" || l.Act.EndsWith(".recuse")),
                        cancellation
                    )
            ),
            ["unmaskings"] = Figure(
                await db.Set<SensitiveView>().CountAsync(v => v.At >= since && v.At < until, cancellation)
            ),
            ["lockouts"] = Figure(await acts.CountAsync(l => l.Act == AdminLogLine.LockedOut, cancellation)),
            ["exports"] = Figure(await acts.CountAsync(l => l.Act.EndsWith(AdminLogLine.Exported), cancellation)),
        };
        var to = NoticeRecipients.ToOffice(nameof(Office.Auditor), district.Id);
        var notice = Notice.Of(NoticeKind.AuditDigest, null, to, args, "/", now);
        return await occasions.TellAsync(notice, district.Id, monday, cancellation);
    }

    private static string Date(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Figure(int count) => count.ToString(CultureInfo.InvariantCulture);
}
