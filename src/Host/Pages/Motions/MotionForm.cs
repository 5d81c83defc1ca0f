using System.Collections.Immutable;
using EduUnion.Domain;
using EduUnion.Domain.Motions;
using EduUnion.Host.Drafts;
using EduUnion.Host.Motions;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Motions;

/// <summary>The text of a motion as a form; new motions and revisions are written on the same one.</summary>
/// <param name="Draft">Name under which it is saved while one types.</param>
public sealed record MotionForm(Texts Texts, string Draft, Typed Typed)
{
    public Refusal? Refusal { get; init; }

    /// <summary>When the draft from which the form was filled was saved; null = it was not filled from one.</summary>
    public DateTimeOffset? RestoredFrom { get; init; }

    /// <summary>The proposal row that was just added.</summary>
    public int? Added { get; init; }

    /// <summary>The motion's version on the form; null = it does not exist yet.</summary>
    public long? Version { get; init; }
    public IReadOnlyList<SimilarMotion> Similar { get; init; } = [];

    public Field Title =>
        new("title", Texts["motionform.title"])
        {
            Hint = Texts["motionform.title.hint"],
            Value = Typed.One("title"),
            Required = true,
            MaxLength = MotionContent.TitleMax,
            Error = ErrorAt("title"),
        };

    public Field Category =>
        new("category", Texts["motionform.category"], FieldKind.Choice)
        {
            Value = Typed.One("category"),
            Required = true,
            Options = [.. MotionContent.Categories.Select(c => new Choice(c, Texts["category." + c]))],
            Error = ErrorAt("category"),
        };

    public Field Grounds =>
        new("grounds", Texts["motionform.grounds"], FieldKind.LongText)
        {
            Hint = Texts["motionform.grounds.hint"],
            Value = Typed.One("grounds"),
            Required = true,
            MinLength = MotionContent.GroundsMin,
            Error = ErrorAt("grounds"),
        };

    /// <summary>At least one row to write into.</summary>
    public ImmutableArray<string> Proposals => Typed.All("proposals") is { IsEmpty: false } rows ? rows : [""];

    public string? ErrorAt(string field) => FormErrors.At(Refusal, field, Texts);

    public MotionContent Content =>
        MotionContent.Of(Typed.One("title"), Typed.One("category"), Typed.One("grounds"), Typed.All("proposals"));

    public static Typed Of(MotionContent content) =>
        Typed
            .Nothing.With("title", content.Title)
            .With("category", content.Category)
            .With("grounds", content.Grounds)
            .With("proposals", content.Proposals);

    /// <summary>A row more or a row less, for browsers without script: <c>add</c> or <c>drop-2</c>.</summary>
    public static Typed WithRows(Typed typed, string change)
    {
        var rows = typed.All("proposals");
        if (change == "add")
            return rows.Length < MotionContent.ProposalsMax ? typed.With("proposals", rows.Add("")) : typed;
        return change.Split('-') is ["drop", var row] && int.TryParse(row, out var at) && at >= 0 && at < rows.Length
            ? typed.With("proposals", rows.RemoveAt(at))
            : typed;
    }
}
