using System.Collections.Immutable;

namespace EduUnion.Workflows.Steps;

/// <summary>One task of an open step, as its policy sees it. Tasks that were cancelled or replaced are not given.</summary>
/// <param name="Outcome">What was decided; null while it is open.</param>
/// <param name="Weight">Votes it carries.</param>
public sealed record TaskState(Guid Task, string? Outcome, int Weight = 1);

/// <summary>What the tasks of a step amount to.</summary>
/// <param name="Outcome">The step's outcome, or null: not decided yet.</param>
/// <param name="Remaining">Tasks without an answer, in their order; to be closed once the step is decided.</param>
/// <param name="Open">Those of them that may be answered now; none once the step is decided.</param>
public sealed record StepDecision(string? Outcome, ImmutableArray<Guid> Remaining, ImmutableArray<Guid> Open)
{
    /// <summary>Nobody is left to ask and nothing is decided: an incident for the administrator.</summary>
    public bool IsStuck => Outcome is null && Open.IsEmpty;
}

/// <summary>
/// When a step's tasks decide it. Pure, and a function of the tasks alone: replaying it gives the same answer, so it may
/// be asked after every task.
/// </summary>
public abstract record StepPolicy
{
    /// <summary>The derived outcome of a vote that no outcome can win any more.</summary>
    public const string Dispute = "dispute";

    private StepPolicy() { }

    /// <summary><c>one</c> and <c>any</c>: the first answer decides.</summary>
    public sealed record First : StepPolicy
    {
        protected override string? Fold(ImmutableArray<TaskState> tasks, ImmutableArray<string> outcomes, int total) =>
            tasks.FirstOrDefault(task => task.Outcome is not null)?.Outcome;
    }

    /// <summary>
    /// <c>all</c> (会签): everybody must give the first of the step's outcomes; another answer decides at once, for it can
    /// no longer be unanimous. Over no tasks it is decided with the single outcome, if there is only one: agreement by
    /// nobody is none.
    /// </summary>
    /// <param name="Ordered">One after the other, in the order of the tasks.</param>
    public sealed record All(bool Ordered = false) : StepPolicy
    {
        protected override bool OneAtATime => Ordered;

        protected override string? Fold(ImmutableArray<TaskState> tasks, ImmutableArray<string> outcomes, int total)
        {
            if (tasks.IsEmpty)
                return outcomes is [var single] ? single : null;
            var other = tasks.FirstOrDefault(task => task.Outcome is not null && task.Outcome != outcomes[0]);
            return other?.Outcome ?? (tasks.All(task => task.Outcome is not null) ? outcomes[0] : null);
        }
    }

    /// <summary>
    /// <c>vote</c>: ends as soon as it is decided. The outcome that has passed, with the quorum, wins; when none can any
    /// more, or two have passed with equal votes, it is <see cref="Dispute"/>. The first outcome needs the share to pass,
    /// the others that to fail, if the rule names one. One refusal kills nothing. Answers that are
    /// not among the outcomes (an abstention) count as voted and win nothing. To close a vote early, give only the
    /// tasks that were answered: the others are then absent.
    /// </summary>
    public sealed record Vote(VoteRule Rule) : StepPolicy
    {
        protected override string? Fold(ImmutableArray<TaskState> tasks, ImmutableArray<string> outcomes, int total)
        {
            // Those present may still shrink to those who vote, never grow: who passes against all tasks passes for good,
            // and who fails with every open vote on his side fails for good.
            var present = tasks.Sum(task => task.Weight);
            var electorate = Rule.OverTotal ? total : present;
            var voted = tasks.Where(task => task.Outcome is not null).Sum(task => task.Weight);
            var votes = outcomes.ToDictionary(
                outcome => outcome,
                outcome => tasks.Where(task => task.Outcome == outcome).Sum(task => task.Weight)
            );

            var passed = outcomes.Where(outcome => Passes(outcome, votes[outcome])).ToArray();
            if (passed.Length > 0 && Rule.IsQuorate(voted, total))
            {
                var most = passed.Max(outcome => votes[outcome]);
                var winners = passed.Where(outcome => votes[outcome] == most).ToArray();
                return winners is [var winner] ? winner : Dispute;
            }
            var open = present - voted;
            var possible =
                Rule.IsQuorate(present, total) && outcomes.Any(outcome => Passes(outcome, votes[outcome] + open));
            return possible ? null : Dispute;

            bool Passes(string outcome, int count) => Rule.Passes(count, electorate, outcome == outcomes[0]);
        }
    }

    /// <summary>Folds the tasks of a step.</summary>
    /// <param name="tasks">In the order in which they were opened or, where ordered, are asked.</param>
    /// <param name="outcomes">What the tasks may answer and the step may become, the favourable one first; derived ones left out.</param>
    /// <param name="total">Votes of all who are entitled, present or not; only votes look at it.</param>
    public StepDecision Decide(ImmutableArray<TaskState> tasks, ImmutableArray<string> outcomes, int total)
    {
        var outcome = Fold(tasks, outcomes, total);
        ImmutableArray<Guid> remaining = [.. tasks.Where(task => task.Outcome is null).Select(task => task.Task)];
        if (outcome is not null)
            return new(outcome, remaining, []);
        return new(null, remaining, OneAtATime ? [.. remaining.Take(1)] : remaining);
    }

    protected virtual bool OneAtATime => false;

    protected abstract string? Fold(ImmutableArray<TaskState> tasks, ImmutableArray<string> outcomes, int total);
}
