namespace EduUnion.Workflows.Catalogue;

/// <summary>The steps of an objection (公示异议) to the public notice of an application (domain §3.3.6).</summary>
public static class ObjectionSteps
{
    public static IReadOnlyList<StepSpec> All { get; } =
    [
        new("objection.open", StepKind.Auto, "done"),
        new("objection.assign", StepKind.Human, new OutcomeSpec("assign") { Fields = ["investigators"] })
        {
            Clocks = ["objection"],
            Fields = [new("investigators", FieldType.Members) { Required = true, MaxLength = 6 }],
        },
        new(
            "objection.investigate",
            StepKind.Human,
            new OutcomeSpec("record") { Fields = ["visitedOn", "people", "finding"] },
            // Too near, ill or away: others investigate.
            new OutcomeSpec("handback") { ReasonRequired = true }
        )
        {
            Clocks = ["objection"],
            Fields =
            [
                new("visitedOn", FieldType.Date) { Required = true },
                new("people", FieldType.Text) { Required = true, MaxLength = 200 },
                new("finding", FieldType.LongText) { Required = true, MaxLength = 4000 },
            ],
        },
        new(
            "objection.sign",
            StepKind.Human,
            "sign",
            new OutcomeSpec("return") { ReasonRequired = true },
            new OutcomeSpec("handback") { ReasonRequired = true }
        )
        {
            Policies = ["all"],
            Clocks = ["objection"],
        },
        new(
            "objection.decide",
            StepKind.Human,
            new OutcomeSpec("unfounded") { ReasonRequired = true },
            new OutcomeSpec("adjust") { ReasonRequired = true, Fields = ["amount", "category"] },
            new OutcomeSpec("cancel") { ReasonRequired = true, Grave = true }
        )
        {
            Clocks = ["objection"],
            // What was held goes on to be paid.
            MovesMoney = true,
            Fields =
            [
                new("amount", FieldType.Money) { Required = true },
                new("category", FieldType.Choice) { Required = true, Options = ["Deep", "Rel", "Acc", "Loc"] },
            ],
        },
        new("objection.close", StepKind.Auto, "done"),
    ];
}
