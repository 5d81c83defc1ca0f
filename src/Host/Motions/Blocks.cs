using EduUnion.Domain.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Motions;

/// <summary>An open task as far as it matters for whom it waits.</summary>
/// <param name="Who">The member by name, or the organisation whose office is asked.</param>
public sealed record OpenTask(string Name, Office? Office, string? Who, DateTimeOffset OpenedAt)
{
    public bool Mine { get; init; }

    /// <summary>Its clock has run out.</summary>
    public bool Late { get; init; }

    /// <summary>Round of its part: from the second on the answer is being handled again.</summary>
    public int Round { get; init; } = 1;
}

/// <summary>
/// Who blocks: the one place that says of an open task whom its case waits for and with what, for the case page, the desk
/// and the department's desk.
/// </summary>
public sealed class Blocks(Texts texts, TaskWords words)
{
    public Stamp Of(OpenTask task, DateOnly today) =>
        new(
            words.Who(task.Office, task.Who),
            words.Stuck(Standing(task), today.DayNumber - Dates.Of(task.OpenedAt).DayNumber),
            task.Mine ? Status.Mine
                : task.Late ? Status.Late
                : Status.None
        );

    /// <summary>What it waits with; a step has words of its own for the second round and when it is late.</summary>
    private string Standing(OpenTask task) =>
        task is { Round: > 1, Name: "handling.accept" or "handling.meeting" or "handling.draft" } ? "handling.again"
        : task.Late && texts.Has($"stuck.{task.Name}.late") ? $"{task.Name}.late"
        : task.Name;
}
