using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Parameters;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Motions;

/// <summary>A button of the case page. <paramref name="Dialog"/> = id of the dialog that shows the same form as its page.</summary>
public sealed record CaseAct(string Text, string Href, bool Go = false, string? Dialog = null);

/// <summary>A button one would look for and why it is not there, or until when it is.</summary>
public sealed record ActNote(string What, string Why);

/// <summary>What stands at the right of a motion: who acts next, what the viewer may do now, and why not more.</summary>
public sealed class CasePanel(MotionView view, Viewer viewer, Handling? part, WorkingCalendar calendar, Rules rules)
{
    /// <summary>What the viewer decided last, when it may still be taken back (拿回).</summary>
    public Guid? Retractable { get; init; }

    private string Address => $"/motions/{view.Row.Id}";

    /// <summary>Open tasks of the case itself and of the part that is shown.</summary>
    public IEnumerable<TaskView> Tasks =>
        view
            .Tasks.Where(t =>
                t.Row.Part is null
                || t.Row.Part == part?.Id
                // A promise is followed whichever part is shown.
                || view.Motion.Parts.All(p => p.Id != t.Row.Part)
            )
            // Who has not answered an invitation yet is between him and the proposer.
            .Where(t => t.Mine || view.IsProposer || t.Row.Name != "motion.cosign");

    /// <summary>The clock that is told: the part's answer, else that of my task, else that of the open step.</summary>
    public ClockView? Clock =>
        view.Clocks.FirstOrDefault(c => c.Row is { Name: "answer", StoppedAt: null } && c.Row.Part == part?.Id)
        ?? Tasks.OrderByDescending(t => t.Mine).Select(t => t.Clock).FirstOrDefault(c => c is not null);

    /// <summary>Who acts next; with the deadline of that act where it is another than the one told above.</summary>
    public IEnumerable<(Stamp Stamp, ClockView? Own)> Next(Blocks blocks) =>
        Tasks.Select(t =>
            (
                blocks.Of(
                    new OpenTask(t.Row.Name, t.Row.Office, t.Who, t.Row.OpenedAt)
                    {
                        Mine = t.Mine,
                        Late = t.Clock?.WorkdaysLeft < 0,
                        Round = t.Row.Part is null ? 1 : part?.Round ?? 1,
                    },
                    viewer.Today
                ),
                t.Clock is { Due.On: not null } own && own.Row.Id != Clock?.Row.Id ? own : null
            )
        );

    /// <summary>Only what is legal now; the first is the one action of the page.</summary>
    public IReadOnlyList<CaseAct> Acts(Texts texts, TaskWords words)
    {
        List<CaseAct> acts =
        [
            .. Tasks.Where(t => t.Mine).Select(t => new CaseAct(words.Do(t.Row.Name), $"/tasks/{t.Row.Id}")),
        ];
        if (view.MayInvite)
            acts.Add(new CaseAct(texts["case.do.invite"], $"{Address}/invite"));
        if (view.MayRevise)
            acts.Add(new CaseAct(texts["case.do.edit"], $"{Address}/edit"));
        if (MayExtend)
            acts.Add(
                new CaseAct(texts["case.do.extend"], $"{Address}?part={part!.Id}&do=extend", Dialog: "dlg-extend")
            );
        if (view.MayWithdrawCosignature)
            acts.Add(new CaseAct(texts["case.do.withdraw"], $"{Address}?do=withdraw", Dialog: "dlg-withdraw"));
        if (acts.Count > 0)
            acts[0] = acts[0] with { Go = acts[0].Dialog is null };
        // A right that may be used is no work that waits: it is never the one action of the page.
        var urging = new Urging(view.Row, viewer);
        foreach (var waiting in Tasks.Where(t => urging.IsOffered(t.Row, calendar, rules)))
            acts.Add(
                new CaseAct(
                    texts["case.do.urge", $"{words.Do(waiting.Row.Name)} {waiting.Who}".TrimEnd()],
                    $"/tasks/{waiting.Row.Id}/urge"
                )
            );
        if (Retractable is { } decided)
            acts.Add(new CaseAct(texts["return.take"], $"/tasks/{decided}/take-back"));
        foreach (var (act, _) in view.MayAct.Where(a => a.Item is null))
            acts.Add(new CaseAct(texts["act.do." + act], $"{Address}/do/{act}"));
        return acts;
    }

    public bool MayExtend => part is not null && view.MayAskExtension.Contains(part.Id);

    public IEnumerable<ActNote> Notes(Texts texts)
    {
        if (part is not null && IsHost && part.State != HandlingState.Delivered)
        {
            if (ExtensionNote(part, texts) is { } extension)
                yield return new ActNote(texts["case.do.extend"], extension);
            if (ReturnNote(part, texts) is { } back)
                yield return new ActNote(texts["outcome.notOurs"], back);
        }
        var cosigned = view.Motion.Cosigners.Any(c =>
            c.MemberId == viewer.MemberId && c.State == CosignState.Confirmed
        );
        if (cosigned && !view.MayWithdrawCosignature)
            yield return new ActNote(texts["case.do.withdraw"], texts["case.no.withdraw"]);
        if (view.IsProposer && !view.MayRevise && view.Motion.State == MotionState.Cosigning)
            yield return new ActNote(texts["case.do.edit"], texts["case.no.edit"]);
    }

    private bool IsHost => viewer.At(Office.DepartmentClerk, Office.DepartmentHead).Contains(part!.HostId);

    private string? ExtensionNote(Handling handling, Texts texts)
    {
        var answer = view.Clocks.FirstOrDefault(c =>
            c.Row is { Name: "answer", StoppedAt: null } && c.Row.Part == handling.Id
        );
        if (handling.Extensions.Any(e => e.DecidedAt is null))
            return texts["case.no.extend.open"];
        if (handling.ExtensionsUsed >= rules.Number("ext.max_times"))
            return texts["case.no.extend.used", rules.Number("ext.max_times")];
        if (answer?.Due.On is not { } due)
            return null;
        var last = calendar.BackWorkdays(due, rules.Workdays("ext.ask_before"), answer.Inputs.VacationRule);
        return MayExtend
            ? texts["case.may.extend", last, rules.Workdays("ext.max")]
            : texts["case.no.extend.late", last];
    }

    private string? ReturnNote(Handling handling, Texts texts)
    {
        if (handling.State is HandlingState.Handling or HandlingState.Signing)
            return texts["case.no.return.accepted"];
        if (handling.State != HandlingState.Assigned)
            return null;
        if (handling.Ruled || handling.Returns.Length >= rules.Number("transfer.max"))
            return texts["case.no.return.ruled"];
        var rule = view
            .Clocks.FirstOrDefault(c => c.Row.Name == "answer" && c.Row.Part == handling.Id)
            ?.Inputs.VacationRule;
        var until = calendar.AddWorkdays(
            ChinaTime.DateOf(handling.AssignedAt),
            rules.Workdays("transfer"),
            rule ?? VacationRule.None
        );
        return viewer.Today <= until ? texts["case.may.return", until] : texts["case.no.return.late", until];
    }
}
