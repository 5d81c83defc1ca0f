using System.Globalization;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;
using EduUnion.Workflows.Clocks;

namespace EduUnion.Host.Aid;

/// <summary>
/// Writes the notices of one case of hardship aid. All that goes into them is the case's number, the school and whom to
/// ask: never a name, a title, a reason or an amount, so that nothing of the hardship can get into a mail.
/// </summary>
/// <param name="number">BF-… or DA-…; null = not numbered yet, and no notice that would name it is written.</param>
/// <param name="link">Where the reader acts.</param>
internal sealed class AidSender(OrganisationBook organisations, Guid school, Guid caseId, string? number, string link)
{
    public bool IsNumbered => number is not null;

    /// <summary>The notice, or none where nobody is to be told or the case has no number to be named by.</summary>
    public IEnumerable<Notice> Of(
        NoticeKind kind,
        NoticeRecipients? to,
        CaseMoment moment,
        DateOnly? due = null,
        DateOnly? before = null,
        string? linkTo = null
    )
    {
        if (to is null || (number is null && kind.Args.Contains("case")))
            yield break;
        var sender = organisations.Find(school)!;
        var args = new Dictionary<string, string>
        {
            ["organisation"] = sender.Name,
            ["contact"] = $"{sender.Name}工会",
        };
        if (sender.Phone is { } phone)
            args["phone"] = phone;
        foreach (var name in kind.Args)
            args[name] = name switch
            {
                "case" => number!,
                // The sweep adds them up: "3 wait", and not three times "1".
                "count" => "1",
                "before" => before!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                _ => throw new ArgumentException($"No case of aid knows {name}", nameof(kind)),
            };
        yield return Notice.Of(
            kind,
            caseId,
            to,
            args,
            linkTo ?? link,
            moment.Now,
            kind.Deadline is null ? null : due ?? moment.Today
        );
    }

    /// <summary>The deadline moved with the calendar; nothing for one of which nobody is told.</summary>
    public IEnumerable<Notice> Moved(ClockRow clock, NoticeRecipients? to, DateOnly before, CaseMoment moment) =>
        NoticeKind.DeadlineMoved(clock.Name) is { } kind ? Of(kind, to, moment, clock.DueOn, before) : [];

    /// <summary>Those who are asked, persons and offices; null = nobody.</summary>
    public static NoticeRecipients? To(IEnumerable<TaskRow> tasks) =>
        tasks
            .Select(task =>
                task.MemberId is { } member
                    ? NoticeRecipients.ToMembers(member)
                    : NoticeRecipients.ToOffice(task.Office!.Value.ToString(), task.OrganisationId!.Value)
            )
            .Aggregate((NoticeRecipients?)null, (all, one) => all?.And(one) ?? one);

    /// <summary>Whether this is the ladder's last reminder before the due date, which leaves at once.</summary>
    public static bool IsLast(ClockRow clock, Alarm alarm, CaseMoment moment) =>
        ClockFace.LadderOf(clock.Name, moment.Rules).Before is { IsEmpty: false } before
        && alarm.Workdays <= before.Min();
}
