using System.Collections.Immutable;

namespace EduUnion.Workflows.Catalogue;

/// <summary>The steps of a motion (教代会提案), from gathering co-signers to the delivered answer (domain §2.2–2.7).</summary>
public static class MotionSteps
{
    /// <summary>Why a motion is not admissible (domain §2.3).</summary>
    private static readonly ImmutableArray<string> ReasonCodes =
    [
        "party",
        "court",
        "personal",
        "academic",
        "beyondPower",
        "lowerUnit",
        "unlawful",
        "form",
    ];

    public static IReadOnlyList<StepSpec> All { get; } =
    [
        // The proposer's own task submits or abandons; each invitee has a task of the same step with outcomes of its own.
        new("motion.gather", StepKind.Human, "submit", "abandon", new OutcomeSpec("lapse") { Derived = true })
        {
            Clocks = ["collection"],
        },
        new("motion.cosign", StepKind.Human, "confirm", "decline") { Clocks = ["cosign"], Beside = true },
        new("motion.lapsed", StepKind.Human, "opinion", new OutcomeSpec("abandon") { Grave = true })
        {
            Clocks = ["resubmit"],
        },
        new("motion.receive", StepKind.Auto, "check", "delegation"),
        // A delegation cannot hold a motion of its representative up; it says what it thinks.
        new(
            "motion.delegation",
            StepKind.Human,
            "support",
            new OutcomeSpec("doubt") { ReasonRequired = true },
            new OutcomeSpec("lapse") { Derived = true }
        )
        {
            Clocks = ["delegation"],
        },
        new(
            "motion.check",
            StepKind.Human,
            new OutcomeSpec("propose")
            {
                Fields = ["recommendation", "main", "reasonCode", "recommendationReason", "host", "cohandlers"],
            }
        )
        {
            Retractable = true,
            Clocks = ["check"],
            Fields =
            [
                new("recommendation", FieldType.Choice)
                {
                    Required = true,
                    Options = ["file", "merge", "return", "opinion", "reject"],
                },
                new("main", FieldType.Motion),
                new("reasonCode", FieldType.Choice) { Options = ReasonCodes },
                new("recommendationReason", FieldType.LongText),
                new("host", FieldType.Department),
                new("cohandlers", FieldType.Departments),
            ],
        },
        new(
            "motion.review",
            StepKind.Human,
            "file",
            // Into the motion that the recommendation names.
            "merge",
            // The recommendation's reason serves where the vote follows it, so the aggregate asks for one, not the form.
            "return",
            "opinion",
            new OutcomeSpec("reject") { Grave = true, Fields = ["reasonCode"] },
            new OutcomeSpec("dispute") { Derived = true }
        )
        {
            Policies = ["one", "any", "all", "vote"],
            Clocks = ["review"],
            Fields = [new("reasonCode", FieldType.Choice) { Options = ReasonCodes }],
        },
        new(
            "motion.presidium",
            StepKind.Human,
            "file",
            new OutcomeSpec("opinion") { ReasonRequired = true },
            new OutcomeSpec("reject")
            {
                ReasonRequired = true,
                Grave = true,
                Fields = ["reasonCode"],
            }
        )
        {
            Clocks = ["review"],
            Fields = [new("reasonCode", FieldType.Choice) { Required = true, Options = ReasonCodes }],
        },
        new("motion.revise", StepKind.Human, "resubmit", new OutcomeSpec("expired") { Derived = true })
        {
            Clocks = ["resubmit"],
        },
        new("motion.number", StepKind.Auto, "done"),
        new("motion.opinion", StepKind.Auto, "done"),
        new("motion.reject", StepKind.Auto, "done"),
        // Ended by the appeal's period, or by the appeal.
        new("motion.rejected", StepKind.Wait, "final") { Clocks = ["appeal"] },
        new("motion.merge", StepKind.Auto, "done"),
        // Ended by the answer of the main motion, or by the committee that takes it out of the group.
        new("motion.follow", StepKind.Wait, "delivered", "unmerged"),
        new("motion.abandon", StepKind.Auto, "done"),
        new("motion.assign", StepKind.Human, new OutcomeSpec("assign") { Fields = ["parts"] })
        {
            Clocks = ["assign"],
            Fields =
            [
                new("parts", FieldType.Parts)
                {
                    Required = true,
                    MinLength = 1,
                    MaxLength = 6,
                },
            ],
            Routing = [new("parts")],
        },
        new("motion.delivered", StepKind.Auto, "feedback", "close"),
        new("handling.accept", StepKind.Human, "accept", new OutcomeSpec("notOurs") { ReasonRequired = true })
        {
            Clocks = ["receipt"],
        },
        new("handling.returned", StepKind.Auto, "reassign", "ruling"),
        new("handling.reassign", StepKind.Human, new OutcomeSpec("reassign") { Fields = ["host", "cohandlers"] })
        {
            Clocks = ["reassign"],
            Fields = [new("host", FieldType.Department) { Required = true }, new("cohandlers", FieldType.Departments)],
        },
        new(
            "handling.ruling",
            StepKind.Human,
            new OutcomeSpec("rule") { ReasonRequired = true, Fields = ["host", "cohandlers"] }
        )
        {
            Clocks = ["reassign"],
            Fields = [new("host", FieldType.Department) { Required = true }, new("cohandlers", FieldType.Departments)],
        },
        new("handling.opinion", StepKind.Human, new OutcomeSpec("submit") { Fields = ["opinion"] })
        {
            Policies = ["all"],
            Clocks = ["coanswer"],
            Fields = [new("opinion", FieldType.LongText) { Required = true, MaxLength = 4000 }],
        },
        new(
            "handling.meeting",
            StepKind.Human,
            new OutcomeSpec("record") { Fields = ["metOn", "mode", "place", "people", "gist"] }
        )
        {
            Fields =
            [
                new("metOn", FieldType.Date) { Required = true },
                new("mode", FieldType.Choice) { Required = true, Options = ["meeting", "phone", "visit"] },
                new("place", FieldType.Text) { MaxLength = 100 },
                new("people", FieldType.Text) { Required = true, MaxLength = 200 },
                new("gist", FieldType.LongText) { Required = true, MaxLength = 4000 },
            ],
        },
        new(
            "handling.draft",
            StepKind.Human,
            new OutcomeSpec("submit") { Fields = ["class", "text", "reconsiderOn", "commitments"] }
        )
        {
            Retractable = true,
            Fields =
            [
                new("class", FieldType.Choice) { Required = true, Options = ["A", "B", "C", "D"] },
                new("text", FieldType.LongText)
                {
                    Required = true,
                    MinLength = 20,
                    MaxLength = 20000,
                },
                new("reconsiderOn", FieldType.Date),
                new("commitments", FieldType.Commitments) { MaxLength = 20 },
            ],
        },
        new("handling.sign", StepKind.Human, "sign", new OutcomeSpec("return") { ReasonRequired = true })
        {
            Policies = ["one", "any", "all"],
            Retractable = true,
            Clocks = ["sign"],
        },
        new("handling.leader", StepKind.Human, "agree", new OutcomeSpec("return") { ReasonRequired = true })
        {
            Policies = ["one", "any", "all"],
            Retractable = true,
            Clocks = ["sign"],
        },
        new("handling.formcheck", StepKind.Human, "deliver", new OutcomeSpec("return") { ReasonRequired = true })
        {
            Policies = ["one", "any", "all"],
            Clocks = ["sign"],
        },
        new("handling.deliver", StepKind.Auto, "done"),
        new(
            "extension.decide",
            StepKind.Human,
            new OutcomeSpec("grant") { Fields = ["workdays"] },
            new OutcomeSpec("refuse") { ReasonRequired = true }
        )
        {
            Clocks = ["ext.decide"],
            Fields = [new("workdays", FieldType.Number) { Required = true }],
        },
        new("extension.grant", StepKind.Auto, "done"),
        new("extension.refuse", StepKind.Auto, "done"),
    ];
}
