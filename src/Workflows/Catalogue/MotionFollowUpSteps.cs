using System.Collections.Immutable;

namespace EduUnion.Workflows.Catalogue;

/// <summary>
/// The steps of a motion from its answer to the archive, and those of the rights that may be used beside the main process:
/// withdrawal, a new lead, the appeal (domain §2.5, §2.8, §2.9).
/// </summary>
public static class MotionFollowUpSteps
{
    private static readonly ImmutableArray<string> Scores = ["Satisfied", "Basic", "Dissatisfied"];

    private static readonly ImmutableArray<FormField> Minutes =
    [
        new("metOn", FieldType.Date) { Required = true },
        new("place", FieldType.Text) { MaxLength = 100 },
        new("people", FieldType.Text) { Required = true, MaxLength = 200 },
        new("minutes", FieldType.LongText) { Required = true, MaxLength = 4000 },
    ];

    public static IReadOnlyList<StepSpec> All { get; } =
    [
        new(
            "motion.feedback",
            StepKind.Human,
            new OutcomeSpec("rate") { Fields = ["manner", "result"] },
            new OutcomeSpec("lapse") { Derived = true }
        )
        {
            Clocks = ["feedback"],
            Fields =
            [
                new("manner", FieldType.Choice) { Required = true, Options = Scores },
                new("result", FieldType.Choice) { Required = true, Options = Scores },
            ],
        },
        new("motion.rated", StepKind.Auto, "content", "review", "meeting"),
        new("motion.discontent", StepKind.Human, "rehandle", new OutcomeSpec("explain") { ReasonRequired = true })
        {
            Clocks = ["rehandle.review"],
        },
        new("motion.rehandle", StepKind.Auto, "done") { Routing = [new("parts")] },
        new("motion.redelivered", StepKind.Auto, "done"),
        new("motion.explain", StepKind.Human, Recorded("record")) { Clocks = ["rehandle.review"], Fields = Minutes },
        new("motion.dispute", StepKind.Human, Recorded("minute") with { Grave = true })
        {
            Clocks = ["meeting"],
            Fields = Minutes,
        },
        new("motion.pledges", StepKind.Auto, "done") { Routing = [new("items")] },
        new("commitment.report", StepKind.Human, new OutcomeSpec("done") { Fields = ["text"] })
        {
            Clocks = ["commitment"],
            Fields = [new("text", FieldType.LongText) { Required = true, MaxLength = 4000 }],
        },
        new(
            "commitment.verify",
            StepKind.Human,
            "verify",
            new OutcomeSpec("explain") { ReasonRequired = true },
            new OutcomeSpec("return") { ReasonRequired = true }
        )
        {
            Clocks = ["verify"],
        },
        new("motion.close", StepKind.Auto, "done"),
        // Ended by the archiving of its session.
        new("motion.archive", StepKind.Wait, "archive"),
        new("motion.archived", StepKind.Auto, "done"),
        new("withdrawal.ask", StepKind.Auto, "offer", "consent"),
        new("withdrawal.takeover", StepKind.Human, "takeover", "decline", new OutcomeSpec("lapse") { Derived = true })
        {
            Clocks = ["takeover"],
        },
        new(
            "withdrawal.consent",
            StepKind.Human,
            new OutcomeSpec("agree") { Grave = true },
            new OutcomeSpec("refuse") { ReasonRequired = true }
        )
        {
            Clocks = ["withdrawal.decide"],
        },
        new("withdrawal.end", StepKind.Auto, "done"),
        new("withdrawal.refused", StepKind.Auto, "done"),
        new("lead.find", StepKind.Auto, "offer", "fallback"),
        new("lead.offer", StepKind.Human, "accept", "decline") { Clocks = ["lead_offer"] },
        new("lead.fallback", StepKind.Auto, "found", "none"),
        new("lead.name", StepKind.Human, new OutcomeSpec("name") { Fields = ["member"] })
        {
            Clocks = ["reassign"],
            Fields = [new("member", FieldType.Representative) { Required = true }],
        },
        new(
            "appeal.decide",
            StepKind.Human,
            new OutcomeSpec("reopen") { ReasonRequired = true },
            new OutcomeSpec("uphold") { ReasonRequired = true }
        )
        {
            Clocks = ["appeal.decide"],
        },
        new("appeal.reopen", StepKind.Auto, "done"),
        new("appeal.uphold", StepKind.Auto, "done"),
    ];

    private static OutcomeSpec Recorded(string name) => new(name) { Fields = [.. Minutes.Select(field => field.Name)] };
}
