namespace EduUnion.Workflows.Catalogue;

/// <summary>The steps of the yearly re-verification (年度复核) of a hardship file (domain §3.5).</summary>
public static class VerificationSteps
{
    public static IReadOnlyList<StepSpec> All { get; } =
    [
        new(
            "verification.confirm",
            StepKind.Human,
            "unchanged",
            new OutcomeSpec("changed") { Fields = ["yearlyIncome", "necessarySpending", "householdSize", "note"] },
            // Not confirmed by 31 December: the file is frozen.
            new OutcomeSpec("freeze") { Derived = true }
        )
        {
            Clocks = ["verification"],
            Fields =
            [
                new("yearlyIncome", FieldType.Money) { Required = true },
                new("necessarySpending", FieldType.Money) { Required = true },
                new("householdSize", FieldType.Number) { Required = true },
                new("note", FieldType.LongText) { MaxLength = 2000 },
            ],
        },
        new(
            "verification.decide",
            StepKind.Human,
            "keep",
            new OutcomeSpec("change") { ReasonRequired = true, Fields = ["category"] },
            new OutcomeSpec("exit") { ReasonRequired = true, Grave = true }
        )
        {
            Clocks = ["verification"],
            Fields = [new("category", FieldType.Choice) { Required = true, Options = ["Deep", "Rel", "Acc", "Loc"] }],
        },
        new("verification.close", StepKind.Auto, "done"),
    ];
}
