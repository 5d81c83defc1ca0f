using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Motions;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Motions;

/// <summary>Check your answers: the last look before a motion is submitted, or abandoned.</summary>
[Authorize(Policies.Member)]
public sealed class SubmitModel(
    MotionCommands commands,
    MotionViews motions,
    DraftBook drafts,
    RuleBook rules,
    Access access,
    Texts texts
) : PageModel
{
    public MotionView Motion { get; private set; } = null!;

    public int Minimum { get; private set; }

    public Refusal? Refusal { get; private set; }

    /// <summary>The confirmation of the abandonment is asked on a page of its own, without script.</summary>
    [BindProperty(SupportsGet = true, Name = "do")]
    public string? Do { get; set; }

    public string Key { get; } = Guid.NewGuid().ToString();

    /// <summary>What keeps it from being submitted, each with the place where it is mended.</summary>
    public IReadOnlyList<FormError> Missing
    {
        get
        {
            var motion = Motion.Motion;
            var found = FormErrors.Each(motion.Content.Check(complete: true)).ToList();
            if (motion.Confirmed < Minimum)
                found.Add(Refusal.Because("motion.cosigners-missing", Minimum - motion.Confirmed, Minimum));
            if (Refusal is not null && found.All(f => f.Code != Refusal.Code))
                found.AddRange(FormErrors.Each(Refusal));
            return [.. found.Select(r => new FormError(null, texts.Of(r)))];
        }
    }

    public Dialog Abandon =>
        new("dlg-abandon", texts["motionform.abandon"], $"/motions/{Motion.Row.Id}/submit", texts["motionform.abandon"])
        {
            Href = Do == "abandon" ? $"/motions/{Motion.Row.Id}/submit" : "?do=abandon",
            Text = texts["motionform.abandon.text"],
            Grave = true,
            Flat = Do == "abandon",
            Hidden = new Dictionary<string, string> { ["outcome"] = "abandon", ["key"] = Key },
        };

    public IReadOnlyList<Person> Cosigners =>
        [
            .. Motion.Motion.Cosigners.Select(c => new Person(
                Motion.Names.GetValueOrDefault(c.MemberId, ""),
                Tag: Cosigning.Tag(c, texts)
            )),
        ];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation) =>
        await LoadAsync(id, cancellation) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } no)
            return no;
        Do = null;
        var typed = Typed.Of(Request.Form);
        var outcome = typed.One("outcome") == "abandon" ? "abandon" : "submit";
        var done = await commands.DecideGatherAsync(id, outcome, HttpContext.Asker(typed), cancellation);
        if (done.IsOk)
        {
            await drafts.DropAsync(User.MemberId(), $"motion-{id:N}", cancellation);
            TempData.Say(
                texts[outcome == "submit" ? "motionform.submitted" : "motionform.abandoned", Motion.Row.Title],
                texts[$"next.motion.gather.{outcome}"]
            );
            return LocalRedirect("/");
        }
        Refusal = done.Refusal;
        Response.StatusCode = FormErrors.Status(done.Refusal);
        return Page();
    }

    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await motions.FindAsync(id, viewer, cancellation) is not { } found)
            return NotFound();
        if (!found.IsProposer)
            return StatusCode(StatusCodes.Status403Forbidden);
        Motion = found;
        Minimum = (await rules.ForAsync(found.Row.SchoolId, found.Row.RulesAt, cancellation)).Number(
            "motion.min_cosigners"
        );
        return null;
    }
}
