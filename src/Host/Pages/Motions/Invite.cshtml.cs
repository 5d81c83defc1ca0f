using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
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

/// <summary>Invites representatives of the term to co-sign.</summary>
[Authorize(Policies.Member)]
public sealed class InviteModel(
    MotionCommands commands,
    MotionViews motions,
    CongressBook congresses,
    RuleBook rules,
    Access access,
    Texts texts
) : PageModel
{
    /// <summary>Part of a name or of a delegation's name.</summary>
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    public MotionView Motion { get; private set; } = null!;

    public int Minimum { get; private set; }

    public Refusal? Refusal { get; private set; }

    public IReadOnlyCollection<string> Ticked { get; private set; } = [];

    /// <summary>Those who may still be invited, by delegation.</summary>
    public IReadOnlyList<(string Delegation, IReadOnlyList<RepresentativeName> People)> Delegations
    {
        get;
        private set;
    } = [];

    public IReadOnlyList<Person> Invited { get; private set; } = [];

    public bool Enough => Motion.Motion.Confirmed >= Minimum;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation) =>
        await LoadAsync(id, cancellation) ?? Page();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        if (await LoadAsync(id, cancellation) is { } no)
            return no;
        var typed = Typed.Of(Request.Form);
        Ticked = typed.All("memberIds");
        Guid[] members = [.. Ticked.Where(t => Guid.TryParse(t, out _)).Select(Guid.Parse)];
        var done = await commands.InviteAsync(id, members, HttpContext.Asker(typed), cancellation);
        if (done.IsOk)
        {
            TempData.Say(texts["motionform.invited.done", members.Length]);
            return RedirectToPage(new { id });
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
        var all = await congresses.RepresentativesAsync(found.Session.TermId, viewer.Today, cancellation);
        var standing = found.Motion.Cosigners.ToDictionary(c => c.MemberId);
        Invited =
        [
            .. found.Motion.Cosigners.Select(c => new Person(
                found.Names.GetValueOrDefault(c.MemberId, ""),
                all.FirstOrDefault(r => r.MemberId == c.MemberId)?.Delegation,
                Tag: Cosigning.Tag(c, texts)
            )),
        ];
        var wanted = Search?.Trim() ?? "";
        Delegations =
        [
            .. all.Where(r => r.MemberId != found.Motion.ProposerId)
                .Where(r =>
                    standing.GetValueOrDefault(r.MemberId)?.State is not (CosignState.Invited or CosignState.Confirmed)
                )
                .Where(r => r.Name.Contains(wanted) || (r.Delegation ?? "").Contains(wanted))
                .GroupBy(r => r.Delegation ?? texts["motionform.noDelegation"])
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, (IReadOnlyList<RepresentativeName>)[.. g])),
        ];
        return null;
    }
}
