using EduUnion.Host.Cases;
using EduUnion.Host.Mail;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Admin;

/// <summary>One place of the administration.</summary>
/// <param name="Text">Key of its words; <c>{key}.text</c> says what is there.</param>
/// <param name="Waiting">How many things want attention; 0 shows nothing.</param>
public sealed record AdminPlace(string Text, string Href, int Waiting = 0);

/// <summary>Places that belong together, under a heading.</summary>
public sealed record AdminGroup(string Text, IReadOnlyList<AdminPlace> Places);

/// <summary>Where an administrator, or the district for its calendar and parameters, can go.</summary>
[Authorize(Policies.Settings)]
public sealed class IndexModel(EduUnionDb db, IAuthorizationService authorization) : PageModel
{
    // A count is bounded: that there are hundreds is enough to know.
    private const int Most = 100;

    public IReadOnlyList<AdminGroup> Groups { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var isAdministrator = (await authorization.AuthorizeAsync(User, Policies.Administrator)).Succeeded;
        List<AdminPlace> congress = isAdministrator ? [new("admin.congress", "/congress")] : [];
        if ((await authorization.AuthorizeAsync(User, Policies.SessionReports)).Succeeded)
            congress.Add(new("admin.reports", "/congress/reports"));
        List<AdminGroup> groups =
        [
            new(
                "admin.group.people",
                isAdministrator ? [new("admin.people", "/admin/people"), new("admin.offices", "/admin/offices")] : []
            ),
            new("admin.group.congress", congress),
            new(
                "admin.group.rules",
                [new("admin.calendar", "/admin/calendar"), new("admin.parameters", "/admin/parameters")]
            ),
        ];
        if (isAdministrator)
        {
            var dead = db.Set<OutgoingMail>().Where(m => m.State == MailState.Dead).OrderBy(m => m.Id).Take(Most);
            var open = db.Set<IncidentRow>().Where(i => i.ClosedAt == null).OrderBy(i => i.At).Take(Most);
            groups.Add(
                new(
                    "admin.group.processes",
                    [
                        new("admin.definitions", "/admin/definitions"),
                        new("admin.incidents", "/admin/incidents", await open.CountAsync(cancellation)),
                        new("admin.cases", "/admin/cases"),
                    ]
                )
            );
            groups.Add(
                new(
                    "admin.group.work",
                    [
                        new("admin.outbox", "/admin/outbox", await dead.CountAsync(cancellation)),
                        new("admin.jobs", "/admin/jobs"),
                    ]
                )
            );
        }
        List<AdminPlace> log = [new("admin.log", "/admin/log")];
        if (isAdministrator)
            log.Add(new("admin.retention", "/admin/retention"));
        groups.Add(new("admin.group.log", log));
        Groups = [.. groups.Where(g => g.Places.Count > 0)];
    }
}
