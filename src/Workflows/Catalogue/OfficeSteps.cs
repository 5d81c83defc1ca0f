using EduUnion.Workflows.Steps;

namespace EduUnion.Workflows.Catalogue;

/// <summary>Tasks that somebody adds to his own: of signers (加签) and of advisers (委派). They stand beside any human step.</summary>
public static class OfficeSteps
{
    /// <summary>Agrees to what the task's owner is to decide, or has decided.</summary>
    public const string Sign = "office.sign";

    /// <summary>Says what he would decide; the owner decides.</summary>
    public const string Advise = "office.advise";

    /// <summary>The one answer of an adviser.</summary>
    public const string Advised = "advised";

    public static IReadOnlyList<StepSpec> All { get; } =
    [
        new(Sign, StepKind.Human, StepDesk.Agree, new OutcomeSpec(StepDesk.Disagree) { ReasonRequired = true })
        {
            Beside = true,
        },
        new(Advise, StepKind.Human, new OutcomeSpec(Advised) { ReasonRequired = true }) { Beside = true },
    ];

    public static string NameOf(DeskPart part) => part == DeskPart.Advice ? Advise : Sign;
}
