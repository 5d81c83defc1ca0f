using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>So much of a task as stands above a page that is about it and does not decide it.</summary>
/// <param name="Number">Of the case.</param>
/// <param name="Title">Of a motion; of what is confidential empty.</param>
/// <param name="Office">Who is asked; null = a person.</param>
/// <param name="Place">The person's name or the office's organisation; of a person in a confidential case null.</param>
/// <param name="Holds">The viewer may decide it or has.</param>
/// <param name="MayTell">He may copy it and ask about it.</param>
public sealed record TaskHead(
    TaskRow Task,
    string Kind,
    string? Number,
    string Title,
    Office? Office,
    string? Place,
    bool Holds,
    bool MayTell,
    bool MayUrge
)
{
    public bool IsOpen => Task.State == TaskState.Open;
}

public sealed class TaskHeads(EduUnionDb db, TaskFrame frame, OrganisationBook organisations, MemberBook members)
{
    /// <summary>Null = there is no such task, or the viewer may not know of it.</summary>
    public async Task<TaskHead?> FindAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        var task = await db.Set<TaskRow>()
            .AsNoTracking()
            .Include(t => t.Case)
            .FirstOrDefaultAsync(t => t.Id == id, cancellation);
        if (task is null || await frame.StandsAsync(task, viewer, cancellation) is not { Knows: true } standing)
            return null;
        var row = task.Case;
        var plain = row.Kind == MotionCase.KindName;
        var place = task.OrganisationId is { } at ? organisations.Find(at)?.Name : null;
        if (plain && task.MemberId is { } member)
            place = (await members.NamesAsync([member], cancellation)).GetValueOrDefault(member);
        return new TaskHead(
            task,
            row.Kind,
            row.Number ?? row.Receipt,
            plain ? row.Title : "",
            task.Office,
            place,
            standing.Holds,
            standing.MayTell(task, row),
            new Urging(row, viewer).Refuse(task) is null
                && (UrgeCommands.MayUrge(row, viewer) || await UrgeCommands.GaveAsync(db, task, viewer, cancellation))
        );
    }
}
