using EduUnion.Domain.Aid;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Cases;
using EduUnion.Host.Motions;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Aid;

/// <summary>What stands at the right of an application: its clock, who acts next, and what the viewer may do now.</summary>
public sealed class AidPanel(AidView view, Viewer viewer, WorkingCalendar calendar, Rules rules)
{
    /// <summary>What the viewer decided last, when it may still be taken back (拿回).</summary>
    public Guid? Retractable { get; init; }

    /// <summary>The clock that is told: that of my task, else that of an open step, else the notice's.</summary>
    public ClockView? Clock =>
        view.Tasks.OrderByDescending(t => t.Mine).Select(t => t.Clock).FirstOrDefault(c => c is not null)
        ?? view.Clocks.LastOrDefault(c => c.Row.StoppedAt is null);

    public IEnumerable<Stamp> Next(Blocks blocks) =>
        view.Tasks.Select(t =>
            blocks.Of(
                new OpenTask(t.Row.Name, t.Row.Office, t.Who, t.Row.OpenedAt)
                {
                    Mine = t.Mine,
                    Late = t.Clock?.WorkdaysLeft < 0,
                },
                viewer.Today
            )
        );

    /// <summary>Only what is legal now; the first of the tasks is the one action of the page.</summary>
    public IReadOnlyList<CaseAct> Acts(Texts texts, TaskWords words)
    {
        List<CaseAct> acts =
        [
            .. view.Row.HeldAt is null
                ? view.Tasks.Where(t => t.Mine).Select(t => new CaseAct(words.Do(t.Row.Name), Href(t.Row)))
                : [],
        ];
        if (acts.Count > 0)
            acts[0] = acts[0] with { Go = true };
        if (view.Sight == Sight.Full && view.Tasks.Any(t => t.Mine && IsApproval(t.Row.Name)))
            acts.Add(new CaseAct(texts["aid.brief.open"], $"{view.Address}/brief"));
        var urging = new Urging(view.Row, viewer);
        foreach (var waiting in view.Tasks.Where(t => urging.IsOffered(t.Row, calendar, rules)))
            acts.Add(
                new CaseAct(
                    texts["case.do.urge", $"{words.Do(waiting.Row.Name)} {waiting.Who}".TrimEnd()],
                    $"/tasks/{waiting.Row.Id}/urge"
                )
            );
        if (Retractable is { } decided)
            acts.Add(new CaseAct(texts["return.take"], $"/tasks/{decided}/take-back"));
        acts.AddRange(
            CaseActs
                .Of(view, viewer)
                // Taken back where it stands, each for itself.
                .Where(act => act != CaseActs.WithdrawConsent)
                .Select(act => new CaseAct(texts["aid.do." + act], $"{view.Address}/do/{act}"))
        );
        return acts;
    }

    /// <summary>Buttons one would look for, and why they are not there.</summary>
    public IEnumerable<ActNote> Notes(Texts texts)
    {
        if (view.Row.HeldAt is { } since)
            yield return new ActNote(texts["aid.held"], texts["aid.held.why", since]);
        if (
            view.IsOwn
            && view.Application.State is AidState.Approved or AidState.Listed or AidState.Sent or AidState.Bounced
        )
            yield return new ActNote(texts["aid.do.withdraw"], texts["aid.no.withdraw"]);
    }

    /// <summary>Where a task is done: what the applicant writes is the wizard, the rest the form of its step.</summary>
    public static string Href(TaskRow task) =>
        task.Name switch
        {
            "aid.draft" or "aid.supplement" or "aid.papers" => $"/aid/{task.CaseId}/apply",
            "aid.account" => $"/aid/{task.CaseId}/account",
            _ => $"/tasks/{task.Id}",
        };

    public static bool IsApproval(string step) => step.StartsWith("aid.approve.", StringComparison.Ordinal);
}
