using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Aid;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Objections;

/// <summary>
/// An objection for those who handle and investigate it. Whoever filed it under his name learns the state and nothing
/// else; the applicant, his relatives and the surveyors find no such page.
/// </summary>
[Authorize(Policies.Member)]
public sealed class ObjectionModel(
    EduUnionDb db,
    Access access,
    AidAccess aid,
    AidCases cases,
    CalendarBook calendars,
    RuleBook rules,
    MemberBook members,
    OrganisationBook organisations,
    ReplacementCommands replacements,
    TaskWords words,
    Texts texts
) : FormPage(texts)
{
    private Typed _typed = Typed.Nothing;

    public CaseRow Row { get; private set; } = null!;
    public Objection Objection { get; private set; } = null!;
    public AidApplication Application { get; private set; } = null!;
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>He filed it and does nothing else with it: the state alone.</summary>
    public bool IsObjector { get; private set; }

    /// <summary>Who handles it is told who filed it; who investigates it is not.</summary>
    public bool Handles { get; private set; }

    /// <summary>Investigators read what is objected to here, not the application.</summary>
    public bool ReadsApplication { get; private set; }
    public Due? Due { get; private set; }
    public IReadOnlyList<Link> Acts { get; private set; } = [];

    /// <summary>Who handles it may take an investigator off who cannot go on.</summary>
    public bool MayReplace => Handles && Objection.State == ObjectionState.Investigating;

    public IEnumerable<Field> Replacement =>
        [
            new("member", Words["objection.replace.member"], FieldKind.Choice)
            {
                Required = true,
                Value = _typed.One("member"),
                Error = ErrorAt("member"),
                Options = [.. Objection.Investigators.Select(i => new Choice(i.ToString(), Name(i)))],
            },
            new("reason", Words["form.reason"], FieldKind.LongText)
            {
                Required = true,
                Value = _typed.One("reason"),
                Error = ErrorAt("reason"),
            },
        ];

    public string School => organisations.Find(Row.SchoolId)?.Name ?? "";

    public string Name(Guid? id) => id is { } known ? Names.GetValueOrDefault(known, "") : "";

    public PublicNotice? Notice => Application.Notices.FirstOrDefault(n => n.Round == Objection.NoticeRound);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation) =>
        await LoadAsync(id, cancellation) ? Page() : NotFound();

    /// <summary>Another investigator in the place of one.</summary>
    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation) || !MayReplace)
            return NotFound();
        _typed = Typed.Of(Request.Form);
        var done = Guid.TryParse(_typed.One("member"), out var member)
            ? await replacements.ReplaceInvestigatorAsync(
                id,
                member,
                _typed.One("reason"),
                HttpContext.Asker(_typed),
                cancellation
            )
            : Refusal.At("member", "form.required");
        if (!done.IsOk)
            return Again(done.Refusal);
        TempData.Say(Words["objection.replaced"]);
        return Redirect($"/objections/{id}");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        var row = await aid.Visible(viewer)
            .AsNoTracking()
            .Include(c => c.Tasks.Where(t => t.State == TaskState.Open))
            .Include(c => c.Clocks)
            .AsSplitQuery()
            .FirstOrDefaultAsync(c => c.Id == id && c.Kind == ObjectionCase.KindName, cancellation);
        if (row is null)
            return false;
        Row = row;
        Objection = cases.ObjectionOf(row);
        Application = cases.ApplicationOf(
            await db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == Objection.ApplicationId, cancellation)
        );
        ReadsApplication = await aid.Visible(viewer).AnyAsync(c => c.Id == Objection.ApplicationId, cancellation);
        IsObjector = Objection.FiledById == viewer.MemberId;
        Handles =
            !IsObjector
            && (
                viewer.At(Office.SchoolUnionChair).Contains(row.SchoolId)
                || viewer.Holds(organisations.Path(row.SchoolId), Office.DistrictOfficer, Office.DistrictChair)
            );
        Names = await members.NamesAsync(
            [
                .. Objection.Investigators,
                .. new[] { Objection.FiledById, Objection.SettledBy }.OfType<Guid>(),
                .. Objection.Records.SelectMany(r => r.Signatures).Select(s => s.By),
                .. Objection.Records.Select(r => r.ReturnedBy).OfType<Guid>(),
            ],
            cancellation
        );
        if (!IsObjector)
            await WorkAsync(row, viewer, cancellation);
        return true;
    }

    private async Task WorkAsync(CaseRow row, Viewer viewer, CancellationToken cancellation)
    {
        var addressed = Access.AddressedTo(viewer).Compile();
        var calendar = await calendars.ForAsync(row.SchoolId, cancellation);
        var ruled = await rules.ForAsync(row.SchoolId, row.RulesAt, cancellation);
        var urging = new Urging(row, viewer);
        Acts =
        [
            .. row
                .Tasks.Where(addressed)
                .Select((t, i) => new Link(words.Do(t.Name), $"/tasks/{t.Id}") { Go = i == 0 }),
            .. row
                .Tasks.Where(t => urging.IsOffered(t, calendar, ruled))
                .Select(t => new Link(Words["case.do.urge", words.Do(t.Name)], $"/tasks/{t.Id}/urge")),
        ];
        if (row.Clocks.FirstOrDefault(c => c is { Name: "objection", StoppedAt: null }) is not { } clock)
            return;
        var view = MotionViews.View(clock, calendar, viewer.Today);
        if (view.Due.On is { } on)
            Due = new Due(on, view.WorkdaysLeft, viewer.Today) { Provisional = view.Due.Provisional };
    }
}
