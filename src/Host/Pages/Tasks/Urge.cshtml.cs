using EduUnion.Domain;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Relations;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>催办: who is asked, when he last was, one button.</summary>
[Authorize(Policies.Member)]
public sealed class UrgeModel(
    UrgeCommands commands,
    RuleBook rules,
    CalendarBook calendars,
    Access access,
    TaskHeads heads,
    RelationBook colleagues,
    MemberBook members,
    OrganisationBook organisations,
    StepWords steps,
    Texts texts
) : TaskTalkPage(access, heads, colleagues, members, organisations, steps, texts)
{
    /// <summary>From when on it may be asked again; null = now.</summary>
    public DateOnly? Next { get; private set; }

    protected override async Task PrepareAsync(CancellationToken cancellation)
    {
        var row = Head.Task.Case;
        Next = new Urging(row, Viewer).NextDay(
            Head.Task,
            await calendars.ForAsync(row.SchoolId, cancellation),
            await rules.ForAsync(row.SchoolId, row.RulesAt, cancellation)
        );
    }

    protected override bool IsAllowed => Head.MayUrge;

    protected override string Told => Words["urge.done"];

    protected override Task<Outcome<StepDone>> DoAsync(Asker asker, CancellationToken cancellation) =>
        commands.UrgeAsync(Id, asker, cancellation);
}
