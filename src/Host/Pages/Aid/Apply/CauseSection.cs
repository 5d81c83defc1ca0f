using EduUnion.Domain.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>致困原因, with the event and its day.</summary>
public sealed record CauseSection()
    : FormSection("cause", "mainCause", "secondaryCauses", "eventText", "eventOn", "narrative", "diagnosis")
{
    public override IEnumerable<Field> Draw(SectionForm form, AidContent saved) =>
        [
            form.Choice<Cause>("mainCause"),
            form.Choices<Cause>("secondaryCauses"),
            form.Text("eventText"),
            form.Date("eventOn"),
            form.LongText("narrative", AidContent.NarrativeMax),
            form.LongText("diagnosis", 500, required: false) with
            {
                When = form.Texts["aid.when.diagnosis"],
            },
        ];

    public override Typed TypedOf(AidContent saved) =>
        Typed
            .Nothing.With("mainCause", saved.MainCause?.ToString() ?? "")
            .With("secondaryCauses", [.. saved.SecondaryCauses.Select(c => c.ToString())])
            .With("eventText", saved.EventText)
            .With("eventOn", saved.EventOn is { } on ? Dates.Machine(on) : "")
            .With("narrative", saved.Narrative)
            .With("diagnosis", saved.Diagnosis ?? "");

    public override AidContent Into(AidContent saved, SectionReading read) =>
        saved with
        {
            MainCause = read.Choice<Cause>("mainCause"),
            SecondaryCauses =
            [
                .. read.All("secondaryCauses")
                    .Select(c => Enum.TryParse<Cause>(c, out var cause) && Enum.IsDefined(cause) ? cause : (Cause?)null)
                    .OfType<Cause>(),
            ],
            EventText = read.Text("eventText"),
            EventOn = read.Date("eventOn"),
            Narrative = read.Text("narrative"),
            Diagnosis = read.Said("diagnosis"),
        };
}
