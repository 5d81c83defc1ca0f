using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Checking;

/// <summary>A RunTask names a step of the catalogue and asks of it only what the step can do.</summary>
internal static class StepCheck
{
    public static void Run(Activity activity, StepCatalogue catalogue, Findings findings)
    {
        if (activity.Type != ActivityTypes.RunTask)
            return;
        var name = activity.Literal("taskName");
        if (name is null)
        {
            findings.Add($"{activity.Path}/taskName", "step.name", "A step's name is written literally.");
            return;
        }
        var spec = catalogue.Find(name);
        if (spec is null)
            findings.Add($"{activity.Path}/taskName", "step.unknown", $"The catalogue has no step '{name}'.");
        if (activity.Static("payload") is not { } json)
        {
            findings.Add(
                $"{activity.Path}/payload",
                "payload.dynamic",
                "A step's payload is static JSON (type Object)."
            );
            return;
        }
        var problems = new List<PayloadProblem>();
        var payload = StepPayload.Read(json, problems);
        foreach (var problem in problems)
            findings.Add($"{activity.Path}/payload{problem.Path}", problem.Code, problem.Sentence);
        if (spec is not null)
            Fits(payload, spec, $"{activity.Path}/payload", findings);
    }

    private static void Fits(StepPayload payload, StepSpec spec, string path, Findings findings)
    {
        foreach (var outcome in payload.Outcomes.Where(o => spec.Outcome(o) is null))
            findings.Add($"{path}/outcomes", "outcome.unknown", $"The step {spec.Name} has no outcome '{outcome}'.");
        if (!spec.Policies.Contains(payload.Policy.Kind))
            findings.Add(
                $"{path}/policy",
                "policy.not-allowed",
                $"The step {spec.Name} cannot be decided by '{payload.Policy.Kind}'."
            );
        if (payload.Clock is { } clock && !spec.Clocks.Contains(clock.Name))
            findings.Add($"{path}/clock", "clock.not-allowed", $"The step {spec.Name} has no clock '{clock.Name}'.");
        if (spec.Beside)
            findings.Add(path, "step.beside", $"The step {spec.Name} is opened beside another, not by a definition.");
        // Silence releases no money.
        if (spec.MovesMoney && payload.Clock?.ExpiryOutcome == spec.Outcomes[0].Name)
            findings.Add(
                $"{path}/clock/onExpiry",
                "clock.silent-approval",
                $"Money would go out because nobody decided {spec.Name} in time."
            );
        if (spec.Kind == StepKind.Human && payload.Who is null)
            findings.Add(
                $"{path}/who",
                "payload.who-missing",
                $"The step {spec.Name} is asked of people: say of whom."
            );
        if (spec.Kind != StepKind.Human && payload.Who is not null)
            findings.Add($"{path}/who", "payload.who-unexpected", $"The step {spec.Name} is asked of nobody.");
    }
}
