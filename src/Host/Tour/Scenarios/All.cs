namespace EduUnion.Host.Tour.Scenarios;

public static class All
{
    /// <summary>The scenarios of the domain that are built so far, in their order.</summary>
    public static IReadOnlyList<IScenario> Scenarios { get; } =
    [
        new HappyMotion(),
        new CosignerShortage(),
        new Merge(),
        new NotOurs(),
        new ExtendedAnswer(),
        new DissatisfiedTwice(),
        new LeadLeaves(),
        new Withdrawal(),
        new RecusedSurveyor(),
        new AnonymousObjection(),
        new ShortFund(),
        new LifeEvents(),
    ];
}
