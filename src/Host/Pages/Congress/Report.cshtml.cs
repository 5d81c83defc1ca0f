using System.Globalization;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Congresses;
using EduUnion.Host.Congresses;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Congress;

/// <summary>A resolution as it was typed.</summary>
public sealed record ResolutionRow(string Title, string For, string Against, string Abstained)
{
    public static ResolutionRow Empty { get; } = new("", "", "", "");

    public bool IsEmpty => $"{Title}{For}{Against}{Abstained}".Trim().Length == 0;
}

/// <summary>One report of one session: filled in at the school, read by the district once it is sent.</summary>
[Authorize(Policies.Member)]
public sealed class ReportModel(
    CongressAccess access,
    CongressBook congresses,
    ReportBook reports,
    MemberBook members,
    OrganisationBook organisations,
    Texts texts,
    TimeProvider time
) : FormPage(texts)
{
    private const int FewestRows = 3;
    private List<ResolutionRow> _rows = [];

    public CongressSession Session { get; private set; } = null!;
    public ReportKind Kind { get; private set; }
    public ReportFields Shown { get; private set; } = ReportFields.Empty;
    public MotionCount Motions { get; private set; } = new(0, 0, 0, 0);
    public DateOnly DueOn { get; private set; }
    public ReportStanding Standing { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }
    public DateTimeOffset? PreparedAt { get; private set; }
    public string? SubmittedBy { get; private set; }
    public string? PreparedBy { get; private set; }

    /// <summary>The viewer prepares it, and it is not sent yet.</summary>
    public bool Edits { get; private set; }
    public bool Chairs { get; private set; }
    public bool MaySubmit => Chairs && (Kind == ReportKind.Before || Today >= Session.LastDay);
    public string School => organisations.Find(Session.SchoolId)?.Name ?? "";
    public string Home { get; private set; } = "";
    public int Rows { get; private set; }

    [BindProperty]
    public int Seen { get; set; }

    [BindProperty]
    public int? Staff { get; set; }

    [BindProperty]
    public int? Representatives { get; set; }

    [BindProperty]
    public int? Teachers { get; set; }

    [BindProperty]
    public int? Women { get; set; }

    [BindProperty]
    public int? Attended { get; set; }

    [BindProperty]
    public string? Agenda { get; set; }

    [BindProperty]
    public string? PreviousRates { get; set; }

    [BindProperty]
    public bool? AppraisalHeld { get; set; }

    public ResolutionRow RowAt(int index) => _rows.ElementAtOrDefault(index) ?? ResolutionRow.Empty;

    public IEnumerable<Field> Numbers =>
        new (string Name, int? Value)[]
        {
            ("staff", Staff),
            ("representatives", Representatives),
            ("teachers", Teachers),
            ("women", Women),
            ("attended", Attended),
        }
            .Where(n => Kind == ReportKind.After || n.Name != "attended")
            .Select(n => new Field(n.Name, Words["report." + n.Name], FieldKind.Number)
            {
                Value = n.Value?.ToString(CultureInfo.InvariantCulture),
                Required = true,
                Error = ErrorAt(n.Name),
            });

    public IEnumerable<Field> Sentences =>
        [
            new("agenda", Words["report.agenda"], FieldKind.LongText)
            {
                Value = Agenda,
                Required = true,
                MaxLength = SessionReport.LongestText,
                Error = ErrorAt("agenda"),
            },
            .. Kind == ReportKind.After ? AfterFields : Array.Empty<Field>(),
        ];

    /// <summary>What the rules ask for and do not forbid to be otherwise (domain §2.1: warn, don't block).</summary>
    public IEnumerable<Notice> Warnings
    {
        get
        {
            if (Shown is { Teachers: { } teachers, Representatives: { } all and > 0 } && teachers * 10L < all * 6L)
                yield return new(
                    Status.Soon,
                    Words["report.warn.teachers", ReportWords.Share(teachers, all)],
                    Words["report.warn.teachers.text"]
                );
            if (Shown is { Attended: { } present, Representatives: { } due and > 0 } && present * 3L < due * 2L)
                yield return new(Status.Soon, Words["report.warn.quorum"], Words["report.warn.quorum.text"]);
        }
    }

    private Field[] AfterFields =>
        [
            new("previousRates", Words["report.previousRates"], FieldKind.LongText)
            {
                Value = PreviousRates,
                MaxLength = SessionReport.LongestText,
                Error = ErrorAt("previousRates"),
            },
            new("appraisalHeld", Words["report.appraisal"], FieldKind.Choice)
            {
                Value = AppraisalHeld is { } held ? (held ? "true" : "false") : null,
                Required = true,
                Options = [new("true", Words["report.appraisal.true"]), new("false", Words["report.appraisal.false"])],
                Error = ErrorAt("appraisalHeld"),
            },
        ];

    private DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(Guid session, string kind, CancellationToken cancellation)
    {
        if (!await LoadAsync(session, kind, cancellation))
            return NotFound();
        Show();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(
        Guid session,
        string kind,
        string? @do,
        string[] title,
        string[] @for,
        string[] against,
        string[] abstained,
        CancellationToken cancellation
    )
    {
        if (!await LoadAsync(session, kind, cancellation))
            return NotFound();
        _rows = [.. title.Select((t, i) => new ResolutionRow(t ?? "", At(@for, i), At(against, i), At(abstained, i)))];
        Rows = Math.Max(FewestRows, _rows.Count);
        if (@do == "more")
        {
            Rows = Math.Min(Rows + 1, SessionReport.MostResolutions);
            return Page();
        }
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        var typed = Typed();
        if (!typed.IsOk)
            return Again(typed.Refusal);
        var by = User.MemberId();
        var done =
            @do == "submit"
                ? await reports.SubmitAsync(session, Kind, typed.Value, Seen, by, cancellation)
                : await reports.PrepareAsync(session, Kind, typed.Value, Seen, by, cancellation);
        if (!done.IsOk)
            return Again(done.Refusal);
        TempData.Say(Words[@do == "submit" ? "report.sent" : "report.saved"]);
        return Redirect($"/congress/reports/{session}/{kind}");

        static string At(string[] all, int index) => all.ElementAtOrDefault(index) ?? "";
    }

    private Outcome<ReportFields> Typed()
    {
        var resolutions = new List<Resolution>();
        foreach (var row in _rows.Where(r => !r.IsEmpty))
        {
            if (
                Count(row.For) is not { } yes
                || Count(row.Against) is not { } no
                || Count(row.Abstained) is not { } none
            )
                return Refusal.At("resolutions", "form.unreadable");
            resolutions.Add(new(row.Title.Trim(), yes, no, none, 0, false));
        }
        return new ReportFields
        {
            Staff = Staff,
            Representatives = Representatives,
            Teachers = Teachers,
            Women = Women,
            Attended = Attended,
            Agenda = (Agenda ?? "").Trim(),
            Resolutions = [.. resolutions],
            PreviousRates = (PreviousRates ?? "").Trim(),
            AppraisalHeld = AppraisalHeld,
        };

        static int? Count(string typed) =>
            typed.Trim().Length == 0 ? 0
            : int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
            : null;
    }

    private void Show()
    {
        (Staff, Representatives, Teachers, Women) = (Shown.Staff, Shown.Representatives, Shown.Teachers, Shown.Women);
        (Attended, Agenda, PreviousRates) = (Shown.Attended, Shown.Agenda, Shown.PreviousRates);
        AppraisalHeld = Shown.AppraisalHeld;
        _rows =
        [
            .. Shown.Resolutions.Select(r => new ResolutionRow(r.Title, $"{r.For}", $"{r.Against}", $"{r.Abstained}")),
        ];
        Rows = Math.Max(FewestRows, _rows.Count);
    }

    private async Task<bool> LoadAsync(Guid id, string kind, CancellationToken cancellation)
    {
        if (
            !Enum.TryParse<ReportKind>(kind, true, out var known)
            || !Enum.IsDefined(known)
            || await congresses.FindSessionAsync(id, cancellation) is not { } session
        )
            return false;
        var by = User.MemberId();
        var prepares = await access.PreparesAsync(by, session.SchoolId, cancellation);
        var district = await access.DistrictAsync(by, cancellation);
        if (!prepares && (district is not { } above || !organisations.Path(session.SchoolId).Contains(above)))
            return false;
        (Session, Kind) = (session, known);
        var report = await reports.FindAsync(id, known, cancellation);
        SubmittedAt = report?.SubmittedAt;
        Edits = prepares && SubmittedAt is null;
        Chairs = Edits && await access.ChairsAsync(by, session.SchoolId, cancellation);
        Home = prepares ? $"/congress?school={session.SchoolId}" : "/congress/reports";
        // What is not sent yet is the school's own.
        if (report is not null && (prepares || SubmittedAt is not null))
            (Shown, Seen, PreparedAt) = (
                report.Fields,
                Request.Method == "GET" ? report.Version : Seen,
                report.PreparedAt
            );
        Motions = report?.Fields.Motions ?? await reports.CountAsync(id, cancellation);
        DueOn = await reports.DueOnAsync(session, known, cancellation);
        Standing = await reports.StandingAsync(session, known, SubmittedAt, cancellation);
        await NameAsync(report, cancellation);
        return true;
    }

    private async Task NameAsync(SessionReport? report, CancellationToken cancellation)
    {
        var ids = new[] { report?.PreparedBy, report?.SubmittedBy }.OfType<Guid>().ToList();
        var names = await members.NamesAsync(ids, cancellation);
        PreparedBy = report?.PreparedBy is { } preparer ? names.GetValueOrDefault(preparer, "") : "";
        SubmittedBy = report?.SubmittedBy is { } sender ? names.GetValueOrDefault(sender, "") : "";
    }
}
