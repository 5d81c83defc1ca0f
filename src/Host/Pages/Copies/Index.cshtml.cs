using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Copies;

/// <summary>抄送: what came to me, with a button that says that I have read it, and what I sent.</summary>
[Authorize(Policies.Member)]
public sealed class IndexModel(Access access, ExchangeBook book, CopyCommands commands, StepWords steps, Texts texts)
    : FormPage(texts)
{
    private const int PageSize = 20;

    /// <summary><c>sent</c> = what I sent.</summary>
    [FromQuery]
    public string? Show { get; init; }

    [FromQuery]
    public string? After { get; init; }

    public bool Sent => Show == "sent";

    public IReadOnlyList<CopyLine> Lines { get; private set; } = [];

    public Pager Pager { get; private set; } = new(null, null);

    /// <summary>The copy whose remark was refused, with what was typed.</summary>
    public (Guid Copy, string? Remark) Refused { get; private set; }

    public IReadOnlyList<Tab> Tabs { get; private set; } = [];

    public string Key => Guid.NewGuid().ToString();

    public string Step(CopyLine line) => steps.Step(line.Step);

    public string Title(CopyLine line) => CaseWords.Title(Words, line.CaseKind, line.Title);

    public static string Href(CopyLine line) => CaseWords.Href(line.CaseKind, line.CaseId, line.TaskId);

    public Task OnGetAsync(CancellationToken cancellation) => LoadAsync(cancellation);

    public async Task<IActionResult> OnPostReadAsync(Guid copy, CancellationToken cancellation)
    {
        var typed = Typed.Of(Request.Form);
        var done = await commands.ReadAsync(copy, typed.One("remark"), HttpContext.Asker(typed), cancellation);
        if (done.IsOk || done.Refusal.Kind == RefusalKind.Conflict)
        {
            TempData.Say(done.IsOk ? Words["copies.read.done"] : Words.Of(done.Refusal));
            return Redirect("/copies");
        }
        Refused = (copy, typed.One("remark"));
        await LoadAsync(cancellation);
        return Again(done.Refusal);
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var slice = await book.CopiesAsync(viewer, Sent, PageSize, After, cancellation);
        Lines = slice.Items;
        Pager = Paging.Of(Request, new Dictionary<string, string?> { ["show"] = Show }, slice.Next);
        Tabs =
        [
            new(Words["copies.mine"], "/copies", !Sent, await book.UnreadAsync(viewer.MemberId, cancellation)),
            new(Words["copies.sent"], "/copies?show=sent", Sent),
        ];
    }
}
