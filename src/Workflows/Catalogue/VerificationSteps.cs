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
            new OutcomeSpec("changed")
            {
                Fields = ["yearlyIncome", "yearlySpending", "members", "causeRemoved", "note"],
            },
            // Not confirmed by 31 December: the file is frozen.
            new OutcomeSpec("freeze") { Derived = true }
        )
        {
            Clocks = ["verification"],
            Fields =
            [
                new("yearlyIncome", FieldType.Money) { Required = true },
                new("yearlySpending", FieldType.Money) { Required = true },
                new("members", FieldType.Number) { Required = true },
                new("causeRemoved", FieldType.Choice) { Required = true, Options = ["no", "yes"] },
                new("note", FieldType.LongText) { Required = true, MaxLength = 1000 },
            ],
        },
        new(
            "verification.decide",
            StepKind.Human,
            "keep",
            new OutcomeSpec("change") { ReasonRequired = true, Fields = ["category"] },
            new OutcomeSpec("exit")
            {
                ReasonRequired = true,
                Grave = true,
                Fields = ["exit"],
            }
        )
        {
            Clocks = ["verification"],
            Fields =
            [
                new("category", FieldType.Choice) { Required = true, Options = ["Deep", "Rel", "Acc", "Loc"] },
                new("exit", FieldType.Choice)
                {
                    Required = true,
                    Options = ["LiftedOut", "LeftDistrict", "Died", "RefusedVerification", "FalsePapers"],
                },
            ],
        },
        new("verification.close", StepKind.Auto, "done"),
    ];
}
