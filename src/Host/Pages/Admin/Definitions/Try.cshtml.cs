using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Host.Calendar;
using EduUnion.Host.Cases;
using EduUnion.Host.Definitions;
using EduUnion.Host.Organisations;
using EduUnion.Host.Parameters;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Admin.Definitions;

/// <summary>
/// Walks a draft or a published version by hand, as anybody, with a clock that jumps. All that is remembered is a sealed
/// field of the page itself: nothing is written, and a look at the page does nothing.
/// </summary>
[Authorize(Policies.Administrator), RequestSizeLimit(Largest)]
public sealed class TryModel(
    DefinitionBook book,
    DefinitionWords words,
    StepWords steps,
    OrganisationBook organisations,
    CalendarBook calendars,
    RuleBook rules,
    TimeProvider time,
    IDataProtectionProvider protection,
    Texts texts
) : FormPage(texts)
{
    private const int Largest = 128 * 1024;
    private const int MostDays = 400;
    private const int MostIds = 6;
    private static readonly TimeOnly Morning = new(9, 0);
    private readonly Dictionary<(Definition, string), StepLine> _stepLines = [];
    private TryState? _state;

    public Definition Definition { get; private set; } = null!;

    /// <summary>Null before it begins.</summary>
    public Rehearsal? Run { get; private set; }

    /// <summary>The state as it goes into the page.</summary>
    public string Sealed { get; private set; } = "";

    /// <summary>The role or office as whom one looks; empty = everybody.</summary>
    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public string? School { get; set; }

    [BindProperty]
    public string? From { get; set; }

    /// <summary>Working days to pass at once, as typed.</summary>
    [BindProperty]
    public string? Days { get; set; }

    public IReadOnlyList<(Definition Definition, string Picture)> Pictures { get; private set; } = [];

    public string SchoolName => _state is null ? "" : organisations.Find(_state.School)?.Name ?? "";

    public bool MayGoBack => _state is { Acts.IsEmpty: false };

    public IEnumerable<Field> StartFields =>
        [
            new("school", Words["try.school"], FieldKind.Choice)
            {
                Value = School,
                Required = true,
                Folded = true,
                Hint = Words["try.school.hint"],
                Error = ErrorAt("school"),
                Options = [.. Schools.Select(s => new Choice($"{s.Id}", s.Name))],
            },
            new("from", Words["try.from"], FieldKind.Date)
            {
                Value = From ?? Dates.Machine(ChinaTime.DateOf(time.GetUtcNow())),
                Required = true,
                Error = ErrorAt("from"),
            },
        ];

    public Field DaysField =>
        new("days", Words["try.days"], FieldKind.Number)
        {
            Value = Days ?? "1",
            Required = true,
            Error = ErrorAt("days"),
        };

    public Field RoleField =>
        new("role", Words["try.role"], FieldKind.Choice)
        {
            Value = Role,
            Folded = true,
            Options = [.. Roles.Select(r => new Choice(r, r))],
        };

    /// <summary>Whoever is asked anywhere in what runs.</summary>
    private IEnumerable<string> Roles =>
        Run is null
            ? []
            : Run.Definitions.SelectMany(words.Steps).Where(s => IsHuman(s.ActivityId)).Select(s => s.Who).Distinct();

    private IEnumerable<Organisation> Schools => organisations.All().Where(o => o.Kind == OrganisationKind.School);

    public bool IsMine(TryStep step) => string.IsNullOrEmpty(Role) || Who(step) == Role;

    public string Who(TryStep step) => LineOf(step).Who;

    public string Name(TryStep step) => Name(step.Definition, step.Open.Activity);

    /// <summary>What the step waits for in words: by when, and what happens then.</summary>
    public string Deadline(TryStep step) =>
        LineOf(step).Clock is not { } clock ? Words["try.noDeadline"]
        : step.Due is { On: { } on } due
            ? Words[due.Provisional ? "try.due.provisional" : "try.due", clock, on, due.Workdays]
        : Words["try.due.case", clock];

    public IEnumerable<Field> FieldsOf(TryStep step) =>
        (step.Spec?.Routing ?? [])
            .Select(r => new Field(
                "routing." + r.Name,
                Words["try.routing", r.Name],
                r.IsIdList ? FieldKind.Number : FieldKind.Choice
            )
            {
                IdPrefix = $"{step.Open.Step:N}-",
                Required = true,
                Value = r.IsIdList ? "1" : r.Domain[0],
                Hint = r.IsIdList ? Words["try.routing.ids", MostIds] : null,
                Options = [.. r.Domain.Select(v => new Choice(v, v))],
            })
            .Prepend(
                new Field("outcome", Words["try.outcome"], FieldKind.Choice)
                {
                    IdPrefix = $"{step.Open.Step:N}-",
                    Required = true,
                    Error = ErrorAt($"{step.Open.Step:N}-outcome"),
                    Value = step.Payload.Outcomes.Length == 1 ? step.Payload.Outcomes[0] : null,
                    Options =
                    [
                        .. step.Payload.Outcomes.Select(o => new Choice(
                            o,
                            Outcome(step.Open.Name, o),
                            step.Spec?.Outcome(o) is { Derived: true } ? Words["try.derived"] : null
                        )),
                    ],
                }
            );

    public string Told(TryLine line)
    {
        var name = Name(line.Definition, line.Activity);
        var step = line.Definition.Activities.GetValueOrDefault(line.Activity)?.Literal("taskName") ?? "";
        return line.What switch
        {
            "answer" => Words["try.line.answer", name, Outcome(step, line.Text)],
            "expire" => Words["try.line.expire", name, Outcome(step, line.Text)],
            "overdue" => Words["try.line." + Overdue(line), name],
            "timer" => Words["try.line.timer", name],
            "wait" => Words["try.line.wait"],
            "ended" => Words["try.line.ended", words.Name(line.Definition)],
            _ => Words["try.line.incident", name, line.Text],
        };
    }

    private static string Overdue(TryLine line) =>
        line.Definition.Activities[line.Activity].Static("payload") is { } payload
        && StepPayload.Read(payload).Clock is { OnExpiry: "escalate" or "reassign" } clock
            ? clock.OnExpiry
            : "overdue";

    public string Name(Definition definition, string activity) =>
        definition.Activities.GetValueOrDefault(activity) is { } found ? words.Activity(found) : activity;

    public async Task<IActionResult> OnGetAsync(string id, int version, CancellationToken cancellation)
    {
        if (await book.FindAsync(id, version, cancellation) is not { } found)
            return NotFound();
        Definition = found.Definition;
        School = $"{Schools.FirstOrDefault()?.Id}";
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(
        string id,
        int version,
        string? @do,
        string? state,
        Guid step,
        string? outcome,
        CancellationToken cancellation
    )
    {
        if (await book.FindAsync(id, version, cancellation) is not { } found)
            return NotFound();
        Definition = found.Definition;
        if (@do == "start")
        {
            if (!Guid.TryParse(School, out var school) || Schools.All(s => s.Id != school))
                return Again(Refusal.At("school", "form.unreadable"));
            if (
                !DateOnly.TryParseExact(
                    From,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var from
                ) || from.Year is < 2001 or > 2098
            )
                return Again(Refusal.At("from", "form.unreadable"));
            _state = new TryState(id, version, school, ChinaTime.At(from, Morning), []);
        }
        else if (Open(state) is { } known && (known.DefinitionId, known.Version) == (id, version))
            _state = known;
        else
        {
            School = $"{Schools.FirstOrDefault()?.Id}";
            return @do == "anew" ? Page() : Again(Refusal.Because("try.lost"));
        }
        if (@do == "anew")
        {
            (School, From) = ($"{_state.School}", Dates.Machine(ChinaTime.DateOf(_state.Began)));
            _state = null;
            return Page();
        }
        await RunAsync(cancellation);
        var refused = Act(@do, step, outcome);
        if (refused is null)
            await RunAsync(cancellation);
        Sealed = Protector.Protect(JsonSerializer.Serialize(_state));
        Pictures = [.. Run!.Definitions.Select(d => (d, Draw(d)))];
        return refused is null ? Page() : Again(refused);
    }

    /// <summary>Adds what was pressed to the state; null when that could be done.</summary>
    private Refusal? Act(string? pressed, Guid id, string? outcome)
    {
        if (pressed is null or "look" or "start")
            return null;
        if (pressed == "back")
        {
            _state = _state!.Back();
            return null;
        }
        if (_state!.Acts.Length >= TryState.Longest)
            return Refusal.Because("try.too-long", TryState.Longest);
        if (pressed == "wait")
        {
            if (
                !int.TryParse(Days, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                || count is < 1 or > MostDays
            )
                return Refusal.At("days", "try.days", MostDays);
            _state = _state.With(new TryAct(TryDo.Wait, Guid.Empty, Run!.After(count)));
            return null;
        }
        if (pressed == "timer" && Run!.Timers.FirstOrDefault(t => t.Timer == id) is { } timer)
        {
            _state = _state.With(new TryAct(TryDo.Timer, id, timer.At));
            return null;
        }
        if (Run!.Open.FirstOrDefault(s => s.Open.Step == id) is not { } step)
            return Refusal.Because("try.closed");
        var due = step.Due?.At ?? Run.Now;
        switch (pressed)
        {
            case "expire" when step.Payload.Clock is { ExpiryOutcome: { } expired }:
                _state = _state.With(new TryAct(TryDo.Expire, id, due, expired, Routing(step)));
                return null;
            case "expire" when step.Payload.Clock is not null:
                _state = _state.With(new TryAct(TryDo.Overdue, id, due));
                return null;
            case "answer" when step.Payload.Outcomes.Contains(outcome ?? ""):
                _state = _state.With(new TryAct(TryDo.Answer, id, Run.Now, outcome, Routing(step)));
                return null;
            default:
                return Refusal.At($"{id:N}-outcome", "form.required");
        }
    }

    /// <summary>What was chosen; where nothing was, as when a deadline runs out, the first value.</summary>
    private ImmutableSortedDictionary<string, string> Routing(TryStep step) =>
        (step.Spec?.Routing ?? []).ToImmutableSortedDictionary(
            r => r.Name,
            r =>
            {
                var typed = $"{Request.Form["routing." + r.Name]}";
                return r.IsIdList
                    ? int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                    && count <= MostIds
                        ? $"{count}"
                        : "1"
                    : r.Domain.Contains(typed)
                        ? typed
                        : r.Domain[0];
            }
        );

    private async Task RunAsync(CancellationToken cancellation)
    {
        var set = await book.CurrentAsync(cancellation);
        Run = new Rehearsal(
            set.Find(Definition.DefinitionId, Definition.Version) is null ? set.Add(Definition) : set,
            Definition,
            _state!,
            await calendars.ForAsync(_state!.School, cancellation),
            await rules.ForAsync(_state.School, time.GetUtcNow(), cancellation)
        );
    }

    private IDataProtector Protector => protection.CreateProtector("a definition tried out");

    /// <summary>Null when the field is not one that this page has sealed.</summary>
    private TryState? Open(string? state)
    {
        try
        {
            return state is null ? null : JsonSerializer.Deserialize<TryState>(Protector.Unprotect(state));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private string Outcome(string step, string outcome) =>
        StepWords.Keys("outcome", step, outcome).Any(Words.Has) ? steps.Outcome(step, outcome) : outcome;

    private StepLine LineOf(TryStep step)
    {
        if (_stepLines.Count == 0 || !_stepLines.ContainsKey((step.Definition, step.Open.Activity)))
            foreach (var line in words.Steps(step.Definition))
                _stepLines[(step.Definition, line.ActivityId)] = line;
        return _stepLines[(step.Definition, step.Open.Activity)];
    }

    private bool IsHuman(string activity) =>
        Run!.Definitions.Any(d =>
            d.Activities.GetValueOrDefault(activity)?.Literal("taskName") is { } task
            && StepCatalogue.Shipped.Find(task) is { Kind: StepKind.Human }
        );

    private string Draw(Definition definition)
    {
        var (places, ways) = DefinitionPicture.Of(definition, words.Port);
        var here = words
            .Steps(definition)
            .Where(s => Run!.IsNow(definition, s.ActivityId))
            .Select(s => s.Name)
            .ToList();
        return ProcessPicture.Draw(
            $"try-{definition.DefinitionId}",
            [
                .. places.Select(p =>
                    p with
                    {
                        Text = Name(definition, p.Id.TrimEnd('/')),
                        State =
                            p.Id.EndsWith('/') ? PlaceState.Todo
                            : Run!.IsNow(definition, p.Id) ? PlaceState.Now
                            : Run.IsPast(definition, p.Id) ? PlaceState.Past
                            : PlaceState.Todo,
                        Mark = Run!.IsStopped(definition, p.Id) ? Words["picture.stopped"] : null,
                    }
                ),
            ],
            [
                .. ways.Select(w =>
                    w with
                    {
                        Taken = w.Port is { } port && Run!.IsTaken(definition, new(w.From, port, w.To)),
                    }
                ),
            ],
            new PictureWords(
                words.Name(definition),
                here.Count == 0
                    ? Words["case.picture.over"]
                    : Words["case.picture.here", string.Join(Words["clock.separator"], here)],
                Words["picture.here"]
            )
        );
    }
}
