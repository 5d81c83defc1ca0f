using EduUnion.Domain.Aid;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages;

/// <summary>
/// What waits for an office but is no task of one case: money to be listed, lists to be released, proposals to be
/// approved, applications for which nobody has called a meeting, meetings to come. The desk would look empty without.
/// </summary>
public sealed class StandingWork(
    FundAccess access,
    FundBook funds,
    PaymentBook payments,
    MeetingViews meetings,
    FileViews files,
    Texts texts
)
{
    private const int Lists = 20;

    public async Task<IReadOnlyList<Notice>> OfAsync(Viewer viewer, CancellationToken cancellation)
    {
        var found = new List<Notice>();
        if (viewer.At(Office.Finance).Count > 0)
            await PaymentsAsync(found, viewer, cancellation);
        if (viewer.At(Office.DistrictChair).Count > 0)
            await OrdersAsync(found, viewer, cancellation);
        if (viewer.At(Office.SchoolUnionChair, Office.AidCommittee).Count > 0)
            await MeetingsAsync(found, viewer, cancellation);
        foreach (var school in viewer.At(Office.SchoolUnionChair))
            await FilesAsync(found, school, viewer, cancellation);
        return found;
    }

    private async Task PaymentsAsync(List<Notice> found, Viewer viewer, CancellationToken cancellation)
    {
        var sight = await access.SightAsync(viewer.MemberId, cancellation);
        var payable = await payments.PayableFundsAsync(sight, cancellation);
        if (payable.Count > 0)
            found.Add(Say("payable", "/payments", payable.Sum(p => p.Count)));
        var lists = (await payments.BatchesAsync(sight, null, Lists, cancellation)).Items;
        foreach (var list in lists.Where(l => l.State == BatchState.Made))
            found.Add(Say("release", $"/payments/{list.Id}", list.Number, list.MadeBy));
        foreach (var list in lists.Where(l => l is { State: BatchState.Released, Open: > 0 }))
            found.Add(Say("results", $"/payments/{list.Id}", list.Number, list.Open));
    }

    private async Task OrdersAsync(List<Notice> found, Viewer viewer, CancellationToken cancellation)
    {
        var sight = await access.SightAsync(viewer.MemberId, cancellation);
        var proposed = await funds.OrdersAsync(sight, null, cancellation);
        if (proposed.Count > 0)
            found.Add(Say("orders", "/funds", proposed.Count));
    }

    private async Task MeetingsAsync(List<Notice> found, Viewer viewer, CancellationToken cancellation)
    {
        foreach (var school in MeetingViews.Convenes(viewer))
            if (await meetings.WaitingAsync(school, cancellation) is { Count: > 0 and var waiting })
                found.Add(Say("assess", "/assessment", waiting));
        foreach (var meeting in (await meetings.ListAsync(viewer, Lists, null, cancellation)).Items)
            if (meeting.State is MeetingState.Convened or MeetingState.Open)
                found.Add(
                    Say(
                        "meeting",
                        $"/assessment/{meeting.Id}",
                        Dates.Instant(meeting.MeetsAt),
                        meeting.Place,
                        meeting.Lines
                    )
                );
    }

    /// <summary>Files in which nothing was entered for a year, or under which nothing was ever paid.</summary>
    private async Task FilesAsync(List<Notice> found, Guid school, Viewer viewer, CancellationToken cancellation)
    {
        foreach (var show in new[] { "stale", "never" })
        {
            if (await files.CountAsync(school, show, viewer, cancellation) is > 0 and var count)
                found.Add(Say(show, $"/aid/files?show={show}&school={school}", count));
        }
    }

    private Notice Say(string what, string href, params object[] arguments) =>
        new(
            Status.Mine,
            texts[$"desk.standing.{what}", arguments],
            null,
            new Link(texts[$"desk.standing.{what}.go"], href)
        );
}
