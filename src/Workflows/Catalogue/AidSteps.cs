using System.Collections.Immutable;

namespace EduUnion.Workflows.Catalogue;

/// <summary>
/// The steps of hardship aid (困难帮扶) from the hint or application to the public notice, and those of emergency aid
/// (急难帮扶); what comes after the notice stands in <see cref="AidPaymentSteps"/> (domain §3.3).
/// </summary>
public static class AidSteps
{
    public static IReadOnlyList<StepSpec> All { get; } =
    [
        new("aid.begin", StepKind.Auto, "self", "hint", "behalf", "emergency"),
        new("aid.hint", StepKind.Human, "invite", "behalf", new OutcomeSpec("dismiss") { ReasonRequired = true })
        {
            Clocks = ["hint"],
        },
        // What is typed is kept by a command; here it is only submitted or given up.
        new("aid.draft", StepKind.Human, "submit", new OutcomeSpec("abandon") { Grave = true }),
        new("aid.receive", StepKind.Auto, "done"),
        new(
            "aid.formcheck",
            StepKind.Human,
            new OutcomeSpec("accept") { Fields = ["fund"] },
            new OutcomeSpec("supplement") { ReasonRequired = true },
            new OutcomeSpec("refuse") { ReasonRequired = true, Grave = true }
        )
        {
            Clocks = ["aid.formcheck"],
            Fields = [new("fund", FieldType.Fund) { Required = true }],
        },
        new(
            "aid.supplement",
            StepKind.Human,
            "resubmit",
            new OutcomeSpec("withdraw") { Grave = true },
            // What is not supplemented in time is taken as withdrawn (domain §3.2).
            new OutcomeSpec("lapse") { Derived = true }
        )
        {
            Clocks = ["aid.supplement"],
        },
        new("aid.withdraw", StepKind.Auto, "done"),
        new("aid.refuse", StepKind.Auto, "done"),
        new(
            "aid.appoint",
            StepKind.Human,
            new OutcomeSpec("appoint") { Fields = ["surveyors"] },
            new OutcomeSpec("district") { ReasonRequired = true }
        )
        {
            Retractable = true,
            Clocks = ["aid.survey", "emergency.review"],
            Fields = [Surveyors],
        },
        new(
            "aid.appoint.district",
            StepKind.Human,
            new OutcomeSpec("appoint") { Fields = ["surveyors"] },
            new OutcomeSpec("return") { ReasonRequired = true }
        )
        {
            Clocks = ["aid.survey", "emergency.review"],
            Fields = [Surveyors],
        },
        new(
            "aid.survey",
            StepKind.Human,
            new OutcomeSpec("record") { Fields = [.. Record.Select(f => f.Name)] },
            Recuse,
            HandBack
        )
        {
            Clocks = ["aid.survey", "emergency.review"],
            Fields = [.. Record, RelationOf],
        },
        new(
            "aid.survey.sign",
            StepKind.Human,
            "sign",
            new OutcomeSpec("return") { ReasonRequired = true },
            Recuse,
            HandBack
        )
        {
            Policies = ["all"],
            Clocks = ["aid.survey", "emergency.review"],
            Fields = [RelationOf],
        },
        // Answered by the meeting's decision on this line.
        new("aid.assess", StepKind.Wait, "pass", "fail"),
        // A cause that must not be made public is announced to the committee and the auditor alone, with the reason noted.
        new("aid.publish", StepKind.Human, "publish", new OutcomeSpec("internal") { ReasonRequired = true })
        {
            Clocks = ["publish"],
        },
        new("aid.published", StepKind.Auto, "done"),
        // Ended by its period, or by what an objection was found to be.
        new("aid.notice", StepKind.Wait, "over", "again", "cancelled") { Clocks = ["notice"] },
        new(
            "aid.approve.emergency",
            StepKind.Human,
            new OutcomeSpec("agree") { Fields = ["fund", "amount"] },
            new OutcomeSpec("refuse") { ReasonRequired = true, Grave = true }
        )
        {
            Clocks = ["approve"],
            MovesMoney = true,
            Fields =
            [
                new("fund", FieldType.Fund) { Required = true },
                new("amount", FieldType.Money) { Required = true },
            ],
        },
        new("aid.papers", StepKind.Human, "submit") { Clocks = ["emergency.review"] },
    ];

    /// <summary>Two at least (<c>aid.surveyors_min</c>).</summary>
    private static FormField Surveyors => new("surveyors", FieldType.Members) { Required = true, MaxLength = 6 };

    private static OutcomeSpec Recuse => new("recuse") { ReasonRequired = true, Fields = ["relation"] };

    /// <summary>Ill or away, and not related: others survey.</summary>
    private static OutcomeSpec HandBack => new("handback") { ReasonRequired = true };

    private static FormField RelationOf =>
        new("relation", FieldType.Choice)
        {
            Required = true,
            Options = ["Spouse", "Lineal", "Collateral", "InLaw", "DirectInterest"],
        };

    private static ImmutableArray<FormField> Record =>
        [
            new("visitedOn", FieldType.Date) { Required = true },
            new("mode", FieldType.Choice) { Required = true, Options = ["home", "phone"] },
            new("phoneReason", FieldType.Text) { MaxLength = 200 },
            new("place", FieldType.Text) { Required = true, MaxLength = 200 },
            new("people", FieldType.Text) { Required = true, MaxLength = 200 },
            new("housing", FieldType.LongText) { Required = true, MaxLength = 1000 },
            new("incomeCheck", FieldType.LongText) { Required = true, MaxLength = 2000 },
            new("observations", FieldType.LongText) { Required = true, MaxLength = 4000 },
            new("conclusion", FieldType.Choice) { Required = true, Options = ["supports", "doubts"] },
            new("suggestion", FieldType.LongText) { MaxLength = 2000 },
        ];
}
