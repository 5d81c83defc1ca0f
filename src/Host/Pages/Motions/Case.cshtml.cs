using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Attachments;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Documents.Motions;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Motions;

/// <summary>A motion with its clock, what the viewer may do with it now, and its record. Whoever may not see it gets 404.</summary>
[Authorize(Policy = Policies.Member)]
public sealed class CaseModel(
    Access access,
    MotionViews views,
    MotionCommands commands,
    Timelines timelines,
    CalendarBook calendars,
    RuleBook rules,
    CongressBook congresses,
    OrganisationBook organisations,
    CasePictures pictures,
    Definitions.PictureBook figures,
    AttachmentPanels attachments,
    ReturnOffers returns,
    Texts texts,
    StepWords steps,
    TaskWords words,
    Blocks blocks
) : PageModel
{
    private static readonly (string Name, Web.Components.EntryKind Kind)[] Logs =
    [
        ("decide", Web.Components.EntryKind.Decide),
        ("note", Web.Components.EntryKind.Note),
        ("clock", Web.Components.EntryKind.Clock),
        ("mail", Web.Components.EntryKind.Mail),
    ];

    /// <summary>The part that is shown; without it the first.</summary>
    [BindProperty(Name = "part", SupportsGet = true)]
    public Guid? PartId { get; set; }

    /// <summary>Which kind of the record is shown.</summary>
    [FromQuery]
    public string? Log { get; init; }

    /// <summary><c>extend</c> or <c>withdraw</c>: the dialog's form as a page of its own.</summary>
    [FromQuery]
    public string? Do { get; init; }

    [BindProperty]
    public string? Workdays { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>Given with the form: sent twice, it is answered once.</summary>
    [BindProperty]
    public string Key { get; set; } = Guid.NewGuid().ToString("N");

    public MotionView View { get; private set; } = null!;
    public Viewer Viewer { get; private set; } = null!;
    public Handling? Part { get; private set; }
    public CasePanel Panel { get; private set; } = null!;
    public ClockPanel? Clock { get; private set; }
    public Stages Stages { get; private set; } = null!;
    public IReadOnlyList<TimelineEntry> Entries { get; private set; } = [];
    public IReadOnlyList<Tab> LogTabs { get; private set; } = [];
    public IReadOnlyList<CasePicture> Pictures { get; private set; } = [];
    public IReadOnlyList<Person> People { get; private set; } = [];

    /// <summary>What the motion rests on, and what was put to its handling; those that are empty and not his to fill are left out.</summary>
    public IReadOnlyList<AttachmentPanel> Files { get; private set; } = [];

    /// <summary>The form that is shown alone, after a refusal or without script.</summary>
    public Dialog? Flat { get; private set; }
    public ErrorSummary Errors { get; private set; } = new([]);

    public Motion Motion => View.Motion;
    public string Number => Motion.Number ?? Motion.ReceiptNumber ?? texts["desk.noNumber"];
    public string School => organisations.Find(View.Row.SchoolId)?.Name ?? "";
    public string Congress =>
        texts["case.congress", Numerals.Here(View.Session.TermNumber), Numerals.Here(View.Session.Number)];
    public string Session => MotionWords.Session(texts, View.Session);

    private Rules Rules { get; set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        Flat = Do switch
        {
            "extend" when Panel.MayExtend => Extend(true),
            "withdraw" when View.MayWithdrawCosignature => Withdraw(true),
            _ => null,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostExtendAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation) || Part is null)
            return NotFound();
        // What is no number is refused by the aggregate like a missing one.
        _ = int.TryParse(Workdays, CultureInfo.InvariantCulture, out var workdays);
        var asked = await commands.AskExtensionAsync(
            id,
            Part.Id,
            workdays,
            Reason ?? "",
            Asker("extend", id, Part.Id, workdays, Reason),
            cancellation
        );
        return Answer(asked, id, "extend-", Extend);
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation))
            return NotFound();
        var withdrawn = await commands.WithdrawCosignatureAsync(id, Asker("withdraw", id), cancellation);
        return Answer(withdrawn, id, "", Withdraw);
    }

    public Dialog Extend(bool flat) =>
        new(
            "dlg-extend",
            texts["case.do.extend"],
            $"/motions/{View.Row.Id}?handler=extend",
            texts["case.extend.submit"]
        )
        {
            Flat = flat,
            Href = $"/motions/{View.Row.Id}?part={Part!.Id}",
            Text = texts["case.extend.text", Rules.Workdays("ext.max"), Rules.Workdays("ext.decide")],
            Fields =
            [
                new Field("workdays", texts["field.workdays"], FieldKind.Number)
                {
                    IdPrefix = "extend-",
                    Required = true,
                    Hint = texts["hint.workdays"],
                    Value = Workdays,
                    Error = ErrorAt("extend-workdays"),
                },
                new Field("reason", texts["form.reason"], FieldKind.LongText)
                {
                    IdPrefix = "extend-",
                    Required = true,
                    Value = Reason,
                    Error = ErrorAt("extend-reason"),
                },
            ],
            Hidden = new Dictionary<string, string> { ["part"] = Part.Id.ToString(), ["key"] = Key },
        };

    public Dialog Withdraw(bool flat) =>
        new(
            "dlg-withdraw",
            texts["case.do.withdraw"],
            $"/motions/{View.Row.Id}?handler=withdraw",
            texts["case.do.withdraw"]
        )
        {
            Flat = flat,
            Grave = true,
            Href = $"/motions/{View.Row.Id}",
            Text = texts["case.withdraw.text", Rules.Number("motion.min_cosigners")],
            Hidden = new Dictionary<string, string> { ["key"] = Key },
        };

    public IEnumerable<(Stamp Stamp, ClockView? Own)> Next => Panel.Next(blocks);
    public IReadOnlyList<CaseAct> Acts => Panel.Acts(texts, words);
    public IEnumerable<ActNote> Notes => Panel.Notes(texts);
    public IEnumerable<string> Wanted =>
        Panel.Tasks.Where(t => t.Mine).Select(t => words.Wanted(t.Row.Name)).Distinct();

    public string Department(Guid id) => View.Departments.GetValueOrDefault(id, "");

    public string Departments(IEnumerable<Guid> ids) => string.Join(texts["clock.separator"], ids.Select(Department));

    public string Name(Guid? id) => id is { } member ? View.Names.GetValueOrDefault(member, "") : "";

    public Insight Insight { get; private set; } = null!;

    /// <summary>The forms that the viewer may open now, of the part that is shown.</summary>
    public IEnumerable<ReadyDocument> Documents => MotionDocument.Ready(Motion, Part?.Id, Insight);

    /// <summary>The very letter that the head, the leader and the secretary have before them when they sign.</summary>
    public Letter LetterOf(Handling part, AnswerDraft answer) => AnswerLetter.Of(View, part, answer, organisations);

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        Viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (await views.FindAsync(id, Viewer, cancellation) is not { } view)
            return false;
        View = view;
        Insight = Insight.Of(view, Viewer);
        // Of several rounds the latest is what counts now.
        Part = Motion.Parts.FirstOrDefault(p => p.Id == PartId) ?? Motion.CurrentParts.FirstOrDefault();
        Rules = await rules.ForAsync(view.Row.SchoolId, view.Row.RulesAt, cancellation);
        var calendar = await calendars.ForAsync(view.Row.SchoolId, cancellation);
        Panel = new CasePanel(view, Viewer, Part, calendar, Rules)
        {
            Retractable = await returns.RetractableAsync(view.Row, Viewer, cancellation),
        };
        Clock = Panel.Clock is { } clock ? ClockPanels.Of(clock, calendar, Rules, Viewer.Today, texts) : null;
        Stages = MotionStages.Of(Motion, Part, texts);
        var entries = await timelines.OfAsync(id, cancellation);
        var told = await figures.OfCaseAsync(view.Row, confidential: false, cancellation);
        Pictures =
        [
            pictures.Main(view, entries, told),
            .. Part is null ? Array.Empty<CasePicture>() : [pictures.Part(view, Part, entries, told)],
        ];
        Tell(new TimelineWords(texts, steps).Of(entries, view, Viewer), id);
        People = await PeopleAsync(cancellation);
        Files = await FilesAsync(id, cancellation);
        return true;
    }

    private async Task<IReadOnlyList<AttachmentPanel>> FilesAsync(Guid id, CancellationToken cancellation)
    {
        var panels = await attachments.OfAsync(
            id,
            [
                .. new[] { MotionDocuments.Grounds, MotionDocuments.Handling }.Select(p =>
                    (p, texts["attachments.proof." + p])
                ),
            ],
            Viewer.MemberId,
            $"/motions/{id}",
            cancellation
        );
        return [.. panels.Where(p => p.MayChange || p.Files.Count > 0)];
    }

    private void Tell(IReadOnlyList<TimelineEntry> all, Guid id)
    {
        var chosen = Logs.FirstOrDefault(l => l.Name == Log);
        var part = PartId is { } shown ? $"part={shown}&" : "";
        Entries = chosen.Name is null ? all : [.. all.Where(e => e.Kind == chosen.Kind)];
        LogTabs =
        [
            new Tab(texts["timeline.all"], $"/motions/{id}?{part}log=all#h-time", chosen.Name is null, all.Count),
            .. Logs.Select(l => new Tab(
                    texts["timeline." + l.Name],
                    $"/motions/{id}?{part}log={l.Name}#h-time",
                    l == chosen,
                    all.Count(e => e.Kind == l.Kind)
                ))
                .Where(t => t.Count > 0 || t.Current),
        ];
    }

    private async Task<IReadOnlyList<Person>> PeopleAsync(CancellationToken cancellation)
    {
        var delegations = (
            await congresses.RepresentativesAsync(View.Session.TermId, Viewer.Today, cancellation)
        ).ToDictionary(r => r.MemberId, r => r.Delegation);
        var shown = Motion.Cosigners.Where(Insight.Sees);
        return
        [
            new Person(
                Name(Motion.ProposerId),
                string.Join('　', new[] { texts["case.proposer"], delegations.GetValueOrDefault(Motion.ProposerId) }),
                Motion.SubmittedAt is { } at ? texts["case.submitted", Dates.Short(Dates.Of(at))] : null
            ),
            .. shown.Select(c => new Person(
                Name(c.MemberId),
                delegations.GetValueOrDefault(c.MemberId),
                Dates.Short(Dates.Of(c.AnsweredAt ?? c.InvitedAt)),
                new Tag(
                    texts["cosign." + c.State],
                    c.State switch
                    {
                        CosignState.Confirmed => Status.Done,
                        CosignState.Invited => Status.Wait,
                        _ => Status.None,
                    }
                )
            )),
        ];
    }

    private Asker Asker(params object?[] body) =>
        new(
            Viewer.MemberId,
            Guid.TryParse(Key, out var key) ? key.ToString("N") : null,
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', body)))
        );

    private IActionResult Answer(Outcome<StepDone> done, Guid id, string prefix, Func<bool, Dialog> form)
    {
        if (done.IsOk)
            return RedirectToPage(new { id, part = PartId });
        if (done.Refusal.Kind == RefusalKind.Missing)
            return NotFound();
        Errors = ErrorSummary.Of(done.Refusal, texts, idPrefix: prefix);
        Flat = form(true);
        return Page();
    }

    private string? ErrorAt(string id) => Errors.Errors.FirstOrDefault(e => e.FieldId == id)?.Text;
}
