namespace EduUnion.Workflows.Catalogue;

/// <summary>
/// The steps of hardship aid from the approval by levels to the payment, its receipt and the follow-up visit (domain
/// §3.3.7–9, §3.8).
/// </summary>
public static class AidPaymentSteps
{
    public static IReadOnlyList<StepSpec> All { get; } =
    [
        // Asked again after each approval: what the person has had this year may have grown meanwhile.
        new("aid.route", StepKind.Auto, "school", "officer", "chair", "joint", "enough"),
        Approval("aid.approve.school"),
        Approval("aid.approve.officer"),
        Approval("aid.approve.chair"),
        Approval("aid.approve.joint") with
        {
            Policies = ["all"],
        },
        new("aid.reserve", StepKind.Auto, "reserved", "waiting", "climb", "ceiling"),
        new("aid.queue", StepKind.Wait, "funded", "cancelled"),
        new("aid.pay", StepKind.Wait, "paid", "bounced"),
        new(
            "aid.account",
            StepKind.Human,
            new OutcomeSpec("correct") { Fields = ["accountName", "bankName", "account", "proof"] }
        )
        {
            Clocks = ["account"],
            Fields =
            [
                new("accountName", FieldType.Text) { Required = true, MaxLength = 50 },
                new("bankName", FieldType.Text) { Required = true, MaxLength = 100 },
                new("account", FieldType.Text) { Required = true, MaxLength = 40 },
                new("proof", FieldType.Attachment),
            ],
        },
        new("aid.account.check", StepKind.Human, "confirm", new OutcomeSpec("return") { ReasonRequired = true })
        {
            Clocks = ["account"],
            MovesMoney = true,
        },
        new(
            "aid.confirm",
            StepKind.Human,
            "received",
            new OutcomeSpec("missing") { ReasonRequired = true },
            new OutcomeSpec("lapse") { Derived = true }
        )
        {
            Clocks = ["receipt_confirm"],
            MovesMoney = true,
        },
        new(
            "aid.receipt",
            StepKind.Human,
            new OutcomeSpec("signed") { Fields = ["signedOn"] },
            new OutcomeSpec("missing") { ReasonRequired = true }
        )
        {
            Fields = [new("signedOn", FieldType.Date) { Required = true }],
        },
        new("aid.trace", StepKind.Human, new OutcomeSpec("found") { ReasonRequired = true }),
        new("aid.followup", StepKind.Human, new OutcomeSpec("visited") { Fields = ["visitedOn", "mode", "gist"] })
        {
            Clocks = ["followup"],
            Fields =
            [
                new("visitedOn", FieldType.Date) { Required = true },
                new("mode", FieldType.Choice) { Required = true, Options = ["home", "phone"] },
                new("gist", FieldType.LongText) { Required = true, MaxLength = 2000 },
            ],
        },
        new("aid.close", StepKind.Auto, "done"),
    ];

    private static StepSpec Approval(string name) =>
        new(
            name,
            StepKind.Human,
            "agree",
            // To the committee's next meeting.
            new OutcomeSpec("return") { ReasonRequired = true },
            new OutcomeSpec("refuse") { ReasonRequired = true, Grave = true }
        )
        {
            Clocks = ["approve"],
            MovesMoney = true,
        };
}
