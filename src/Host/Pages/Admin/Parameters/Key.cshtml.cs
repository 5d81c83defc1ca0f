using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.Parameters;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace EduUnion.Host.Pages.Admin.Parameters;

/// <summary>One parameter: the three levels, what was recorded, and setting a value: type, look whom it touches, confirm.</summary>
[Authorize(Policies.ParametersRead)]
public sealed class KeyModel(
    ParameterBook book,
    ParameterCatalogue catalogue,
    ParameterScopes scopes,
    ParameterWords words,
    OrganisationBook organisations,
    Texts texts,
    TimeProvider time
) : PageModel
{
    /// <summary>The scope's name for the default of the whole system.</summary>
    private const string System = "system";
    private Refusal? _refusal;

    [BindProperty(SupportsGet = true, Name = "organisation")]
    public Guid? OrganisationId { get; set; }

    /// <summary>An organisation's id, or <c>system</c>.</summary>
    [BindProperty]
    public string? Scope { get; set; }

    [BindProperty]
    public string? Value { get; set; }

    [BindProperty]
    public DateOnly? ValidFrom { get; set; }

    /// <summary>Of the value to be recorded; made with the preview.</summary>
    [BindProperty]
    public Guid? Id { get; set; }

    public ParameterKey Key { get; private set; } = null!;

    public ParameterReach Reach { get; private set; } = null!;

    public Organisation Organisation { get; private set; } = null!;

    public IReadOnlyList<Parameter> Levels { get; private set; } = [];

    public IReadOnlyList<RecordedValue> History { get; private set; } = [];

    public ParameterPreview? Preview { get; private set; }

    public DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    public ErrorSummary Errors => _refusal is null ? new([]) : ErrorSummary.Of(_refusal, texts);

    public string Level(Parameter row) => texts["parameter.level." + IndexModel.Level(row, organisations)];

    /// <summary>The day from which a value holds; the shipped ones have held since ever.</summary>
    public string Since(Parameter row) =>
        row is { OrganisationId: null, RecordedBy: null }
            ? texts["parameter.always"]
            : Dates.DayWithYear(row.ValidFrom);

    public string ScopeName =>
        Scope == System ? texts["parameter.level.system"]
        : ScopeId is { } id ? organisations.Find(id)?.Name ?? ""
        : "";

    public IEnumerable<Field> Fields =>
        [
            new("scope", texts["parameter.scope"], FieldKind.Choice)
            {
                Value = Scope,
                Required = true,
                Options =
                [
                    .. Reach.System ? [new Choice(System, texts["parameter.level.system"])] : Array.Empty<Choice>(),
                    .. Reach.Write.Select(o => new Choice(o.Id.ToString(), o.Name)),
                ],
                Error = ErrorAt("scope"),
            },
            new("value", texts["parameter.new"], Kind)
            {
                Value = Value,
                Options = Options,
                Required = Key.Type != ParameterType.Numbers,
                Hint = words.Rule(Key),
                Error = ErrorAt("value"),
            },
            new("validFrom", texts["parameter.validFrom"], FieldKind.Date)
            {
                Value = ValidFrom is { } day ? Dates.Machine(day) : null,
                Required = true,
                Hint = texts["parameter.validFrom.hint"],
                Error = ErrorAt("validFrom"),
            },
        ];

    private FieldKind Kind =>
        Options.Count > 0 ? FieldKind.Choice
        : Key.Type == ParameterType.Number ? FieldKind.Number
        : Key.Type == ParameterType.Money ? FieldKind.Money
        : FieldKind.Text;

    private IReadOnlyList<Choice> Options =>
        Key.Type switch
        {
            ParameterType.Flag => [.. new[] { "true", "false" }.Select(v => new Choice(v, words.Value(Key, v)))],
            ParameterType.Choice => [.. Key.Options.Select(o => new Choice(o, words.Option(Key, o)))],
            _ => [],
        };

    private Guid? ScopeId => Guid.TryParse(Scope, out var id) ? id : null;

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancellation)
    {
        if (!await FindAsync(key, cancellation))
            return NotFound();
        Scope = Reach.MayWrite(Organisation.Id) ? Organisation.Id.ToString() : null;
        ValidFrom = Today;
        return await ShowAsync(cancellation);
    }

    public async Task<IActionResult> OnPostAsync(string key, string? @do, int seen, CancellationToken cancellation)
    {
        if (!await FindAsync(key, cancellation))
            return NotFound();
        if (Reach.WritesNothing)
            return Forbid();
        Value = ParameterKey.Plain(Value);
        if (Read(key) is not { } change || @do == "edit")
            return await ShowAsync(cancellation);
        if (@do == "apply")
        {
            var done = await book.RecordAsync(change, seen, Reach, User.MemberId(), cancellation);
            if (done.IsOk)
            {
                TempData.Say(
                    texts["parameter.done", words.Name(Key), words.Value(Key, done.Value.Value), done.Value.ValidFrom]
                );
                return RedirectToPage(new { key, organisation = OrganisationId });
            }
            _refusal = done.Refusal;
        }
        var preview = await book.PreviewAsync(change, Reach, cancellation);
        // What was refused before stays the message; the preview is then the present state again.
        if (preview.IsOk)
            Preview = preview.Value;
        else
            _refusal ??= preview.Refusal;
        return await ShowAsync(cancellation);
    }

    private string? ErrorAt(string field) =>
        (_refusal is { Fields.IsEmpty: false } ? [.. _refusal.Fields] : new[] { _refusal }).FirstOrDefault(r =>
            r?.Field == field
        )
            is { } at
            ? texts.Of(at)
            : null;

    private async Task<bool> FindAsync(string key, CancellationToken cancellation)
    {
        Reach = await scopes.OfAsync(User.MemberId(), cancellation);
        var found = OrganisationId is { } id ? Reach.Read.FirstOrDefault(o => o.Id == id) : Reach.Read.FirstOrDefault();
        if (catalogue.Find(key) is not { } known || found is null)
            return false;
        (Key, Organisation) = (known, found);
        return true;
    }

    private async Task<IActionResult> ShowAsync(CancellationToken cancellation)
    {
        // The kept values are rendered from the properties.
        ModelState.Clear();
        Levels = await book.LevelsAsync(Key.Key, Organisation.Id, cancellation);
        History = await book.HistoryAsync(Key.Key, Reach, cancellation);
        return Page();
    }

    /// <summary>Null, with the refusal set, when something is missing.</summary>
    private ParameterChange? Read(string key)
    {
        if ((Scope == System || ScopeId is not null) && ValidFrom is { } from)
            return new(Id ?? Guid.CreateVersion7(time.GetUtcNow()), key, ScopeId, Value!, from);
        _refusal = Refusal.Of([
            .. Scope != System && ScopeId is null ? [Refusal.At("scope", "form.required")] : Array.Empty<Refusal>(),
            .. ValidFrom is null ? [Refusal.At("validFrom", "form.required")] : Array.Empty<Refusal>(),
        ]);
        return null;
    }
}
