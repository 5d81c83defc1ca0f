using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Pages.Tasks;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Workflows.Catalogue;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages;

/// <summary>One motion that waits for the viewer's check or vote.</summary>
public sealed record ReviewRow(TaskRow Task, CaseRow Case, Motion Motion, string Proposer)
{
    public string Number => Case.Receipt ?? "";

    /// <summary>The secretary proposes, the committee decides.</summary>
    public bool IsProposal => Task.Name == "motion.check";

    public bool Offers(string verdict) => IsProposal || Task.OfferedOutcomes.Contains(verdict);
}

/// <summary>What became of one of the ticked rows.</summary>
public sealed record ReviewResult(ReviewRow Row, Refusal? Refusal);

/// <summary>The filing review as a table: everything that waits for me, one verdict for all that is ticked.</summary>
[Authorize(Policies.MotionOffice)]
public sealed class ReviewModel(EduUnionDb db, Access access, CaseSteps steps, MemberBook members, Texts texts)
    : PageModel
{
    /// <summary>More than a committee sees in a week.</summary>
    private const int Longest = 200;

    public static readonly string[] Verdicts = ["file", "return", "opinion", "reject"];

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true, Name = "category")]
    public string? Category { get; set; }

    public IReadOnlyList<ReviewRow> Rows { get; private set; } = [];

    public IReadOnlyList<ReviewResult> Results { get; private set; } = [];

    /// <summary>Rows whose common verdict is to be confirmed; nothing is decided yet.</summary>
    public IReadOnlyList<ReviewRow> Preview { get; private set; } = [];

    public Typed Typed { get; private set; } = Typed.Nothing;

    public string? Verdict => Typed.One("outcome");

    public Refusal? Refusal { get; private set; }

    public Task OnGetAsync(CancellationToken cancellation) => LoadAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        Typed = Typed.Of(Request.Form);
        var ticked = Typed.All("pick").Where(p => Guid.TryParse(p, out _)).Select(Guid.Parse).ToHashSet();
        var rows = Rows.Where(r => ticked.Contains(r.Task.Id)).ToList();
        // A repeated request finds its rows decided: they are no longer on the list, their answers are still known.
        if (ticked.Count > rows.Count)
            rows = await ReadAsync(t => ticked.Contains(t.Id), cancellation);
        if (rows.Count == 0 || !Verdicts.Contains(Verdict))
            return Refuse(Refusal.Because(rows.Count == 0 ? "review.nothing-ticked" : "task.outcome-unknown"));
        if (Verdict != "file" && string.IsNullOrWhiteSpace(Typed.One("comment")))
            return Refuse(Refusal.At("comment", "form.reason-missing"));
        if (Verdict == "reject" && string.IsNullOrWhiteSpace(Typed.One("reasonCode")))
            return Refuse(Refusal.At("reasonCode", "motion.reason-code-missing"));
        if (Typed.One("confirmed") != Verdict)
        {
            Preview = rows;
            return Page();
        }
        var results = new List<ReviewResult>();
        foreach (var row in rows)
            results.Add(new ReviewResult(row, await DecideAsync(row, cancellation)));
        Results = results;
        await LoadAsync(cancellation);
        return Page();
    }

    /// <summary>Each row is a step of its own with a key of its own: one that is refused stops none of the others.</summary>
    private async Task<Refusal?> DecideAsync(ReviewRow row, CancellationToken cancellation)
    {
        var (verdict, comment) = (Verdict!, Typed.One("comment"));
        var typed = row.IsProposal
            ? Typed.With("recommendation", verdict).With("recommendationReason", comment ?? "")
            : Typed;
        var step = StepCatalogue.Shipped.Find(row.Task.Name)!;
        var outcome = row.IsProposal ? "propose" : verdict;
        int? seen = int.TryParse(Typed.One($"version-{row.Task.Id}"), out var version) ? version : null;
        var asker = HttpContext.Asker(typed);
        if (asker.Key is not null)
            asker = asker with { Key = $"{asker.Key}:{row.Task.Id}" };
        var decided = await steps.DecideAsync(
            new Decision(row.Task.Id, outcome, comment, FormJson.Of(step, step.Outcome(outcome)!, typed), seen),
            asker,
            cancellation
        );
        return decided.Refusal;
    }

    private PageResult Refuse(Refusal refusal)
    {
        Refusal = refusal;
        Response.StatusCode = FormErrors.Status(refusal);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var rows = await ReadAsync(t => t.State == TaskState.Open, cancellation);
        var text = Search?.Trim() ?? "";
        Rows =
        [
            .. rows.Where(r =>
                    r.Case.Title.Contains(text, StringComparison.OrdinalIgnoreCase) || r.Number.Contains(text)
                )
                .Where(r => string.IsNullOrEmpty(Category) || r.Case.Category == Category)
                .OrderBy(r => r.Number, StringComparer.Ordinal),
        ];
    }

    private async Task<List<ReviewRow>> ReadAsync(
        System.Linq.Expressions.Expression<Func<TaskRow, bool>> which,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var tasks = await db.Set<TaskRow>()
            .AsNoTracking()
            .Where(Access.AddressedTo(viewer))
            .Where(which)
            .Where(t => t.Name == "motion.check" || t.Name == "motion.review")
            // Nobody handles his own motion, whatever office he holds.
            .Where(t => t.Case.StarterId != viewer.MemberId)
            .OrderBy(t => t.Id)
            .Take(Longest)
            .Include(t => t.Case)
            .ToListAsync(cancellation);
        var names = await members.NamesAsync([.. tasks.Select(t => t.Case.StarterId).Distinct()], cancellation);
        return
        [
            .. tasks.Select(t => new ReviewRow(
                t,
                t.Case,
                MotionCases.MotionOf(t.Case),
                names.GetValueOrDefault(t.Case.StarterId, "")
            )),
        ];
    }

    public string Told(Refusal refusal) =>
        string.Join(texts["clock.separator"], FormErrors.Each(refusal).Select(texts.Of));
}
