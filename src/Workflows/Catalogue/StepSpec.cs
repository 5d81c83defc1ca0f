using System.Collections.Immutable;

namespace EduUnion.Workflows.Catalogue;

/// <summary>Who moves a step on.</summary>
public enum StepKind
{
    /// <summary>Tasks are asked of people or offices.</summary>
    Human,

    /// <summary>Answered by the case inside the same transaction, always with an outcome.</summary>
    Auto,

    /// <summary>Answered by a signal, a clock or a command.</summary>
    Wait,
}

/// <summary>How a form field is asked and checked.</summary>
public enum FieldType
{
    Text,
    LongText,
    Choice,
    Date,
    Number,
    Members,
    Department,
    Departments,
    Parts,
    Commitments,

    /// <summary>Another motion of the same session.</summary>
    Motion,

    /// <summary>A representative of the same school.</summary>
    Representative,

    /// <summary>An amount, typed in yuan with at most two decimals.</summary>
    Money,

    /// <summary>A fund from which aid is paid.</summary>
    Fund,

    /// <summary>A file that was put to the case before.</summary>
    Attachment,
}

/// <summary>One field of a step's form; names are camelCase and stable, labels come from the Host's resources.</summary>
/// <param name="Name">Key of the value in the form's JSON.</param>
/// <param name="Type">How it is asked.</param>
public sealed record FormField(string Name, FieldType Type)
{
    public bool Required { get; init; }

    /// <summary>Lengths in characters, for texts; bounds in items for lists.</summary>
    public int MinLength { get; init; }

    public int MaxLength { get; init; } = 2000;

    /// <summary>Stable values of a choice; empty for other types.</summary>
    public ImmutableArray<string> Options { get; init; } = [];
}

/// <summary>One outcome that a step may have.</summary>
/// <param name="Name">camelCase, stable; the engine routes on it.</param>
public sealed record OutcomeSpec(string Name)
{
    /// <summary>Names of the fields asked with this outcome.</summary>
    public ImmutableArray<string> Fields { get; init; } = [];

    /// <summary>The comment is compulsory.</summary>
    public bool ReasonRequired { get; init; }

    /// <summary>Shown as a grave action that names its consequence.</summary>
    public bool Grave { get; init; }

    /// <summary>Given by the policy, a clock or the case, never offered as a button.</summary>
    public bool Derived { get; init; }

    public static implicit operator OutcomeSpec(string name) => new(name);
}

/// <summary>A scalar that an expression may read beside <c>outcome</c>, with every value it can have.</summary>
/// <param name="Name">Property of the step's result.</param>
/// <param name="Domain">All values; empty when it is the one declared list of ids for ParallelForEach.</param>
public sealed record RoutingScalar(string Name, params ImmutableArray<string> Domain)
{
    public bool IsIdList => Domain.IsEmpty;
}

/// <summary>
/// A step that definitions may name in <c>Elsa.RunTask.taskName</c>: what kind it is, which outcomes and form fields it
/// knows, what it tells the engine, which policies and clocks it may be given.
/// </summary>
/// <param name="Name"><c>journey.step</c>, stable.</param>
public sealed record StepSpec(string Name, StepKind Kind, params ImmutableArray<OutcomeSpec> Outcomes)
{
    public ImmutableArray<FormField> Fields { get; init; } = [];
    public ImmutableArray<RoutingScalar> Routing { get; init; } = [];

    /// <summary>Policies a payload may ask for: <c>one</c>, <c>all</c>, <c>any</c>, <c>vote</c>.</summary>
    public ImmutableArray<string> Policies { get; init; } = ["one"];

    /// <summary>Clock families (parameter keys without <c>.wd</c>) a payload may name.</summary>
    public ImmutableArray<string> Clocks { get; init; } = [];

    /// <summary>Stands beside the tasks of another step and is opened by the program; no definition may name it.</summary>
    public bool Beside { get; init; }

    /// <summary>Money goes out on its favourable outcome, so no clock may give that.</summary>
    public bool MovesMoney { get; init; }

    /// <summary>Whoever decided it may take it back (拿回) while nobody after him has acted.</summary>
    public bool Retractable { get; init; }

    public OutcomeSpec? Outcome(string name) => Outcomes.FirstOrDefault(o => o.Name == name);

    public FormField? Field(string name) => Fields.FirstOrDefault(f => f.Name == name);
}

/// <summary>All steps that definitions may name; one file a journey adds to it.</summary>
public sealed class StepCatalogue(IEnumerable<StepSpec> steps)
{
    private readonly ImmutableDictionary<string, StepSpec> _steps = steps.ToImmutableDictionary(s => s.Name);

    public IEnumerable<StepSpec> All => _steps.Values.OrderBy(s => s.Name, StringComparer.Ordinal);

    public StepSpec? Find(string name) => _steps.GetValueOrDefault(name);

    /// <summary>The steps this product ships.</summary>
    public static StepCatalogue Shipped { get; } =
        new([
            .. MotionSteps.All,
            .. MotionFollowUpSteps.All,
            .. AidSteps.All,
            .. AidPaymentSteps.All,
            .. ObjectionSteps.All,
            .. VerificationSteps.All,
            .. OfficeSteps.All,
        ]);
}
