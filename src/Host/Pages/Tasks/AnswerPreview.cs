using System.Globalization;
using EduUnion.Domain.Motions;
using EduUnion.Host.Drafts;
using EduUnion.Host.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>The letter as far as it is typed; what is missing or malformed is left out, it is refused when it is sent.</summary>
public static class AnswerPreview
{
    public static Letter Of(TaskForm form, TaskReading reading, OrganisationBook organisations)
    {
        var typed = form.Typed;
        var rows = form.Step.Field("commitments")!;
        var chosen = Enum.TryParse<AnswerClass>(typed.One("class"), out var @class);
        var draft = new AnswerDraft(
            0,
            @class,
            typed.One("text") ?? "",
            Day(typed, "reconsiderOn"),
            [.. form.Rows(rows).Select(i => Row(typed, rows, i)).OfType<Commitment>()],
            Guid.Empty,
            default
        );
        var letter = AnswerLetter.Of(reading.Case, reading.Part! with { SignedBy = null }, draft, organisations);
        return chosen ? letter : letter with { Remark = null };
    }

    private static Commitment? Row(Typed typed, FormField rows, int at) =>
        Day(typed, TaskRows.Name(rows, at, "dueOn")) is { } due
            ? new Commitment(
                typed.One(TaskRows.Name(rows, at, "item")) ?? "",
                typed.One(TaskRows.Name(rows, at, "owner")) ?? "",
                due
            )
            : null;

    private static DateOnly? Day(Typed typed, string name) =>
        DateOnly.TryParseExact(typed.One(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, 0, out var day)
            ? day
            : null;
}
