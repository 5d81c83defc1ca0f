using System.Text.Json;
using EduUnion.Workflows.Catalogue;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Steps;

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
        if (spec is not null && json.ValueKind == JsonValueKind.Object)
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
        // A vote that nobody wins is a dispute, whatever its rule.
        if (payload.Policy.Kind == "vote" && !payload.Outcomes.Contains(StepPolicy.Dispute))
            findings.Add(
                $"{path}/outcomes",
                "policy.dispute-missing",
                $"A vote can end without a winner: the step {spec.Name} needs the outcome '{StepPolicy.Dispute}'."
            );
        if (payload.Clock is { } clock)
            Fits(clock, spec, path, findings);
        if (payload.Who is { } who && Addressees.Of(spec.Name)?.Refuse(who) is { } nobody)
            findings.Add($"{path}/who{nobody.Path}", nobody.Code, nobody.Sentence);
        if (spec.Beside)
            findings.Add(path, "step.beside", $"The step {spec.Name} is opened beside another, not by a definition.");
        if (spec.Kind == StepKind.Human && payload.Who is null)
            findings.Add(
                $"{path}/who",
                "payload.who-missing",
                $"The step {spec.Name} is asked of people: say of whom."
            );
        if (spec.Kind != StepKind.Human && payload.Who is not null)
            findings.Add($"{path}/who", "payload.who-unexpected", $"The step {spec.Name} is asked of nobody.");
    }

    private static void Fits(ClockSpec clock, StepSpec spec, string path, Findings findings)
    {
        if (!spec.Clocks.Contains(clock.Name))
            findings.Add($"{path}/clock", "clock.not-allowed", $"The step {spec.Name} has no clock '{clock.Name}'.");
        // Silence releases no money.
        if (spec.MovesMoney && clock.ExpiryOutcome == spec.Outcomes[0].Name)
            findings.Add(
                $"{path}/clock/onExpiry",
                "clock.silent-approval",
                $"Money would go out because nobody decided {spec.Name} in time."
            );
        if (clock.Reassign is { } to && Addressees.Of(spec.Name)?.Refuse(to) is { } nobody)
            findings.Add($"{path}/clock/onExpiry/reassign{nobody.Path}", nobody.Code, nobody.Sentence);
    }
}
