using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Motions;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Motions;

/// <summary>One form for each right that may be used beside the tasks of a motion. What is not offered is not found.</summary>
[Authorize(Policy = Policies.Member)]
public sealed class ActModel(
    Access access,
    MotionViews views,
    FollowUpCommands followUp,
    CommitteeCommands committee,
    Texts texts
) : PageModel
{
    [FromRoute]
    public Guid Id { get; init; }

    [FromRoute]
    public string Act { get; init; } = "";

    /// <summary>The promise in question.</summary>
    [FromQuery]
    public Guid? Item { get; init; }

    public MotionView View { get; private set; } = null!;
    public Typed Typed { get; private set; } = Typed.Nothing;
    public ErrorSummary Errors { get; private set; } = new([]);

    public string Number => View.Motion.Number ?? View.Motion.ReceiptNumber ?? texts["desk.noNumber"];

    private Refusal? Refusal { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) =>
        await LoadAsync(cancellation) && View.MayAct.Contains((Act, Item)) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return NotFound();
        Typed = Typed.Of(Request.Form);
        var done = await DoAsync(HttpContext.Asker(Typed), cancellation);
        if (done.IsOk)
            return Redirect($"/motions/{Id}");
        if (done.Refusal.Kind == RefusalKind.Missing)
            return NotFound();
        Refusal = done.Refusal;
        Errors = ErrorSummary.Of(done.Refusal, texts);
        Response.StatusCode = FormErrors.Status(done.Refusal);
        return Page();
    }

    public Dialog Form =>
        new("do", texts["act.do." + Act], $"/motions/{Id}/do/{Act}?item={Item}", texts["act.submit." + Act])
        {
            Flat = true,
            Grave = Act == MotionActs.Withdraw,
            Href = $"/motions/{Id}",
            Text = Item is { } item ? View.Motion.Commitment(item).Item : texts["act.text." + Act],
            Fields = Fields(),
            Hidden = new Dictionary<string, string> { ["key"] = Typed.One("key") ?? Guid.NewGuid().ToString() },
        };

    private Field[] Fields() =>
        Act switch
        {
            MotionActs.Withdraw or MotionActs.Appeal => [Long("reason", texts["form.reason"])],
            MotionActs.Correct => [Score("manner"), Score("result"), Long("comment", texts["form.reason"], false)],
            MotionActs.Supervise =>
            [
                Of("dueOn", texts["act.field.dueOn"], FieldKind.Date) with
                {
                    Hint = texts["act.text.supervise"],
                },
                Long("text", texts["act.field.notice"]),
            ],
            MotionActs.Progress or MotionActs.Remark => [Long("text", texts["act.field." + Act])],
            _ => [],
        };

    private Field Score(string name) =>
        Of(name, texts["field." + name], FieldKind.Choice) with
        {
            Value = Typed.One(name) ?? (name == "manner" ? Given?.Manner : Given?.Result)?.ToString(),
            Options = [.. Enum.GetNames<Satisfaction>().Select(s => new Choice(s, texts[$"option.{name}.{s}"]))],
        };

    // A number would be parsed, too, whether there is such a score or not.
    private Satisfaction? Scored(string name) =>
        Enum.TryParse<Satisfaction>(Typed.One(name), out var score) && Enum.IsDefined(score) ? score : null;

    /// <summary>What is corrected stands in the form to begin with.</summary>
    private Rating? Given => Act == MotionActs.Correct ? View.Motion.Forms.LastOrDefault()?.Rating : null;

    private Field Long(string name, string label, bool required = true) =>
        Of(name, label, FieldKind.LongText) with
        {
            Value = Typed.One(name) ?? Given?.Reason,
            Required = required,
        };

    private Field Of(string name, string label, FieldKind kind) =>
        new(name, label, kind)
        {
            Required = true,
            Value = Typed.One(name),
            Error = FormErrors.At(Refusal, name, texts),
        };

    private async Task<Outcome<StepDone>> DoAsync(Asker asker, CancellationToken cancellation)
    {
        switch (Act)
        {
            case MotionActs.Withdraw:
                return await followUp.WithdrawAsync(Id, Typed.One("reason"), asker, cancellation);
            case MotionActs.Appeal:
                return await followUp.AppealAsync(Id, Typed.One("reason"), asker, cancellation);
            case MotionActs.Correct:
                if (Scored("manner") is not { } manner)
                    return Refusal.At("manner", "form.required");
                if (Scored("result") is not { } result)
                    return Refusal.At("result", "form.required");
                var why = Typed.One("comment");
                return await followUp.CorrectFeedbackAsync(Id, manner, result, why, asker, cancellation);
            case MotionActs.Unmerge:
                return await committee.UnmergeAsync(Id, asker, cancellation);
            case MotionActs.Progress when Item is { } item:
                return await followUp.ReportProgressAsync(Id, item, Typed.One("text"), asker, cancellation);
            case MotionActs.Remark when Item is { } item:
                return await followUp.RemarkAsync(Id, item, Typed.One("text"), asker, cancellation);
            case MotionActs.Supervise when Item is { } item:
                return DateOnly.TryParse(Typed.One("dueOn"), CultureInfo.InvariantCulture, out var due)
                    ? await committee.SuperviseAsync(Id, item, due, Typed.One("text"), asker, cancellation)
                    : Refusal.At("dueOn", "form.unreadable");
            default:
                return Refusal.Missing("case.unknown");
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await views.FindAsync(Id, viewer, cancellation) is not { } view)
            return false;
        View = view;
        return Item is not { } item || view.Motion.Commitments.Any(c => c.Id == item);
    }
}
