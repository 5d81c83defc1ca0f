using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Questions;

/// <summary>沟通: what I am asked, each with a place for the answer, and what I asked.</summary>
[Authorize(Policies.Member)]
public sealed class IndexModel(
    Access access,
    ExchangeBook book,
    QuestionCommands commands,
    StepWords steps,
    Texts texts
) : FormPage(texts)
{
    private const int PageSize = 20;

    /// <summary><c>asked</c> = what I asked.</summary>
    [FromQuery]
    public string? Show { get; init; }

    [FromQuery]
    public string? After { get; init; }

    public bool Asked => Show == "asked";

    public IReadOnlyList<QuestionLine> Lines { get; private set; } = [];

    public Pager Pager { get; private set; } = new(null, null);

    /// <summary>The question whose answer was refused, with what was typed.</summary>
    public (Guid Question, string? Text) Refused { get; private set; }

    public IReadOnlyList<Tab> Tabs { get; private set; } = [];

    public string Key => Guid.NewGuid().ToString();

    public string Step(QuestionLine line) => steps.Step(line.Step);

    public string Title(QuestionLine line) => CaseWords.Title(Words, line.CaseKind, line.Title);

    public static string Href(QuestionLine line) => CaseWords.Href(line.CaseKind, line.CaseId, line.TaskId);

    public Task OnGetAsync(CancellationToken cancellation) => LoadAsync(cancellation);

    public async Task<IActionResult> OnPostAnswerAsync(Guid question, CancellationToken cancellation)
    {
        var typed = Typed.Of(Request.Form);
        var done = await commands.AnswerAsync(question, typed.One("text"), HttpContext.Asker(typed), cancellation);
        if (done.IsOk || done.Refusal.Kind == RefusalKind.Conflict)
        {
            TempData.Say(done.IsOk ? Words["questions.answer.done"] : Words.Of(done.Refusal));
            return Redirect("/questions");
        }
        Refused = (question, typed.One("text"));
        await LoadAsync(cancellation);
        return Again(done.Refusal);
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var slice = await book.QuestionsAsync(viewer, Asked, PageSize, After, cancellation);
        Lines = slice.Items;
        Pager = Paging.Of(Request, new Dictionary<string, string?> { ["show"] = Show }, slice.Next);
        Tabs =
        [
            new(
                Words["questions.mine"],
                "/questions",
                !Asked,
                await book.UnansweredAsync(viewer.MemberId, cancellation)
            ),
            new(Words["questions.asked"], "/questions?show=asked", Asked),
        ];
    }
}
