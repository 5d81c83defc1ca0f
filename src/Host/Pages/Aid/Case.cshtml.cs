using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Attachments;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Documents.Aid;
using EduUnion.Host.Motions;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Privacy;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Aid;

/// <summary>An application for each who may see it, as far as he may. Whoever may not gets 404.</summary>
[Authorize(Policies.Member)]
public sealed class CaseModel(
    Access access,
    AidViews views,
    AidCases cases,
    AttachmentBook attachments,
    SensitiveViews looks,
    AidPapers papers,
    Timelines timelines,
    CalendarBook calendars,
    RuleBook rules,
    ReturnOffers returns,
    CasePictures pictures,
    Definitions.PictureBook figures,
    Texts texts,
    StepWords steps,
    TaskWords words,
    Blocks blocks
) : PageModel
{
    private Viewer _viewer = null!;

    public AidView View { get; private set; } = null!;
    public AidPanel Panel { get; private set; } = null!;
    public ClockPanel? Clock { get; private set; }
    public Stages Stages { get; private set; } = null!;
    public Reckoning Reckoning { get; private set; } = null!;
    public IReadOnlyList<TimelineEntry> Entries { get; private set; } = [];
    public IReadOnlyList<AttachmentLine> Files { get; private set; } = [];

    /// <summary>Who looked at sensitive data, for the applicant and the auditor; null = it is not the reader's.</summary>
    public IReadOnlyList<ViewLine>? Views { get; private set; }
    public IReadOnlyList<ObjectionLine> Objections { get; private set; } = [];
    public CasePicture Picture { get; private set; } = new("", []);

    public string Heading =>
        View.IsOwn ? texts["aid.mine.case"]
        : View.Sight == Sight.None ? texts["aid.case"]
        : !View.SeesCause ? $"{texts["aid.case"]}　{View.Applicant}"
        : texts[
            "aid.heading",
            View.Applicant,
            texts["aidterm.CauseGroup." + (View.Application.Content.MainCause ?? Cause.Other).Group()]
        ];

    public IReadOnlyList<AnswerPart> Parts =>
        new Answers(View.Application.Content, View.Sight, texts)
        {
            Unmask = name => $"/cases/{View.Row.Id}/unmask/{Uri.EscapeDataString(name)}?back={View.Address}",
        }.Parts;

    public IReadOnlyList<ConsentLine> Consents => ConsentLine.Of(View.Application, _viewer.MemberId, texts);

    /// <summary>The district is asked and may not see it before the applicant consents.</summary>
    public bool WaitsForConsent => View.Sight == Sight.None && View.Tasks.Any(t => t.Mine);

    /// <summary>Papers for print and Word.</summary>
    public IReadOnlyList<Link> Papers =>
        [
            .. papers
                .Ready(View.Application, _viewer)
                .Select(form => new Link(texts["papers." + form], $"/aid/papers/{form}/{View.Row.Id}")),
        ];

    public IEnumerable<Stamp> Next => Panel.Next(blocks);
    public IReadOnlyList<CaseAct> Acts => Panel.Acts(texts, words);
    public IEnumerable<ActNote> Notes => Panel.Notes(texts);
    public IEnumerable<string> Wanted => View.Tasks.Where(t => t.Mine).Select(t => words.Wanted(t.Row.Name)).Distinct();

    /// <summary>For what it waits while nobody is asked anything.</summary>
    public string Waits =>
        View.Application.State switch
        {
            AidState.Surveyed => "meeting",
            AidState.Notice => "notice",
            AidState.Waiting => "fund",
            AidState.Approved or AidState.Listed or AidState.Sent => "payment",
            _ => "others",
        };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        Response.Headers.CacheControl = "no-store";
        _viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await views.FindAsync(id, _viewer, cancellation) is not { } view)
            return NotFound();
        View = view;
        var ruled = await rules.ForAsync(view.Row.SchoolId, view.Row.RulesAt, cancellation);
        var calendar = await calendars.ForAsync(view.Row.SchoolId, cancellation);
        Panel = new AidPanel(view, _viewer, calendar, ruled)
        {
            Retractable = await returns.RetractableAsync(view.Row, _viewer, cancellation),
        };
        Clock = Panel.Clock is { } clock ? ClockPanels.Of(clock, calendar, ruled, _viewer.Today, texts) : null;
        Stages = AidStages.Of(view.Application, texts);
        Reckoning = Reckoning.Of(view.Application.Content, ruled);
        Files = await attachments.ReadableAsync(id, _viewer.MemberId, cancellation);
        Views = view.MaySeeLooks ? await looks.OfCaseAsync(id, cancellation) : null;
        var entries = await timelines.OfAsync(id, cancellation);
        Entries = new AidTimeline(texts, steps).Of(entries, view);
        Objections = ObjectionLine.Of(entries);
        Picture = pictures.Of(
            view.Row,
            cases.Of(view.Application).Process,
            entries,
            await figures.OfCaseAsync(view.Row, confidential: true, cancellation)
        );
        return Page();
    }
}
