using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Organisations;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Motions;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>A task's form, drawn from the catalogue: the fields of all its outcomes, the comment, one button an outcome.</summary>
public sealed record TaskForm(
    Texts Texts,
    StepWords Words,
    StepSpec Step,
    TaskRow Task,
    Typed Typed,
    IReadOnlyList<Organisation> Departments
)
{
    public Refusal? Refusal { get; init; }

    /// <summary>What an answer can be begun with.</summary>
    public IReadOnlyList<AnswerTemplate> Templates { get; init; } = [];

    /// <summary>What can be chosen in fields that name a motion or a representative.</summary>
    public IReadOnlyDictionary<FieldType, IReadOnlyList<Choice>> Listed { get; init; } =
        new Dictionary<FieldType, IReadOnlyList<Choice>>();

    /// <summary>What is typed is about a person in need: it is kept on the server only, never in the browser.</summary>
    public bool Private { get; init; }

    /// <summary>Name under which it is saved while one types.</summary>
    public string Draft => $"task-{Task.Id:N}";

    public IReadOnlyList<OutcomeSpec> Outcomes => [.. Task.OfferedOutcomes.Select(o => Step.Outcome(o)!)];

    public IReadOnlyList<FormField> Fields => [.. Step.Fields.Where(f => Outcomes.Any(o => o.Fields.Contains(f.Name)))];

    public IReadOnlyList<Choice> DepartmentChoices => [.. Departments.Select(d => new Choice(d.Id.ToString(), d.Name))];

    public Field FieldOf(FormField spec)
    {
        var field = Field.Of(Words, Step.Name, spec);
        if (spec.Type is FieldType.Department or FieldType.Departments)
            field = field with { Options = DepartmentChoices };
        if (Listed.TryGetValue(spec.Type, out var listed))
            field = field with { Options = listed };
        var some = Outcomes.Where(o => !o.Fields.Contains(spec.Name)).Any();
        return field with
        {
            Value = Typed.One(spec.Name),
            Values = Typed.All(spec.Name),
            Error = ErrorAt(spec.Name),
            Hint = some ? Only(spec) : field.Hint,
            Folded =
                spec.Type
                    is FieldType.Department
                        or FieldType.Motion
                        or FieldType.Representative
                        or FieldType.Fund
                        or FieldType.Attachment,
            Options =
            [
                .. field.Options.Select(o =>
                    Texts.Has($"note.{spec.Name}.{o.Value}")
                        ? o with
                        {
                            Note = Texts[$"note.{spec.Name}.{o.Value}"],
                        }
                        : o
                ),
            ],
        };
    }

    public Field Comment
    {
        get
        {
            var reasons = Outcomes.Where(o => o.ReasonRequired).ToList();
            var all = reasons.Count == Outcomes.Count && reasons.Count > 0;
            var named = reasons.Count == 0 || all ? null : string.Join(Texts["clock.separator"], reasons.Select(Word));
            return new Field("comment", Texts[CommentKey(all)], FieldKind.LongText)
            {
                Value = Typed.One("comment"),
                Required = all,
                When = named is null ? null : Texts["task.when", named],
                Hint = named is null ? null : Texts["task.reasonFor", named],
                Error = ErrorAt("comment"),
            };
        }
    }

    private string CommentKey(bool isReason) =>
        Texts.Has("comment." + Step.Name) ? "comment." + Step.Name
        : isReason ? "form.reason"
        : "form.comment";

    /// <summary>A form with a text of its own needs no comment beside it.</summary>
    public bool HasComment =>
        Outcomes.Any(o => o.ReasonRequired) || !Fields.Any(f => f.Type is FieldType.LongText or FieldType.Parts);

    /// <summary>What takes longer than one sitting to write can be put aside.</summary>
    public bool CanBeSaved => Fields.Any(f => f.Type == FieldType.LongText);

    public string Word(OutcomeSpec outcome) => Words.Outcome(Step.Name, outcome.Name);

    /// <summary>What follows from the outcome: told before, beside the buttons, and after, on the desk.</summary>
    public string? Next(string outcome) =>
        Texts.Has($"next.{Step.Name}.{outcome}") ? Texts[$"next.{Step.Name}.{outcome}"] : null;

    /// <summary>
    /// What is typed with the chosen template after it; the template's class is taken where none is chosen yet.
    /// </summary>
    public Typed WithTemplate(Typed typed, string number, string title, string department)
    {
        var chosen = Templates.FirstOrDefault(t => t.Id.ToString() == typed.One("template"));
        typed = typed.With("template");
        if (chosen is null)
            return typed;
        var begun = (typed.One("text") ?? "").TrimEnd();
        var filled = TemplateText.Fill(chosen.Text, number, title, department);
        if (chosen.Class is { } only && string.IsNullOrEmpty(typed.One("class")))
            typed = typed.With("class", only.ToString());
        return typed.With("text", begun.Length == 0 ? filled : $"{begun}\n\n{filled}");
    }

    public string? ErrorAt(string field) => FormErrors.At(Refusal, field, Texts);

    /// <summary>Somebody sends an id that the list does not offer: <c>form.choice-unknown</c> at its field.</summary>
    public Refusal? Unlisted(OutcomeSpec outcome) =>
        Refusal.Of([
            .. Step
                .Fields.Where(f => outcome.Fields.Contains(f.Name) && Typed.One(f.Name) is { Length: > 0 })
                .Where(f => Listed.TryGetValue(f.Type, out var listed) && listed.All(c => c.Value != Typed.One(f.Name)))
                .Select(f => Refusal.At(f.Name, "form.choice-unknown")),
        ]);

    /// <summary>Each line names its field, because it stands far from it.</summary>
    public ErrorSummary Errors =>
        new([
            .. FormErrors
                .Each(Refusal)
                .Select(r => new FormError(
                    r.Field is null or "outcome" ? null : new Field(r.Field, "").Id,
                    Step.Field(r.Field ?? "") is null
                        ? Texts.Of(r)
                        : Texts["task.errorAt", Words.Field(Step.Name, r.Field!), Texts.Of(r)]
                )),
        ]);

    public ImmutableArray<int> Rows(FormField field) => [.. Enumerable.Range(0, TaskRows.Count(Typed, field))];

    private string Only(FormField spec) =>
        Texts[
            "task.onlyFor",
            string.Join(Texts["clock.separator"], Outcomes.Where(o => o.Fields.Contains(spec.Name)).Select(Word))
        ];
}
