using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Motions;

/// <summary>
/// Answer templates: a department's clerk and head keep its own, the motion secretary those of the whole school; whoever
/// drafts an answer there uses both.
/// </summary>
public sealed class AnswerTemplates(EduUnionDb db, OrganisationBook organisations, TimeProvider time)
{
    /// <summary>The departments and schools whose templates the viewer keeps.</summary>
    public static IReadOnlyList<Guid> KeptBy(Viewer viewer) =>
        [.. viewer.At(Office.DepartmentClerk, Office.DepartmentHead), .. viewer.At(Office.MotionSecretary)];

    /// <summary>What is offered to whoever drafts an answer of the department: its own before those of the school.</summary>
    public async Task<IReadOnlyList<AnswerTemplate>> OfferedAsync(Guid department, CancellationToken cancellation)
    {
        if (organisations.SchoolOf(department) is not { } school)
            return [];
        return await db.Set<AnswerTemplate>()
            .AsNoTracking()
            .Where(t =>
                t.Active && (t.DepartmentId == department || (t.DepartmentId == null && t.SchoolId == school.Id))
            )
            .OrderBy(t => t.DepartmentId == null)
            .ThenBy(t => t.Class)
            .ThenBy(t => t.Name)
            .ToListAsync(cancellation);
    }

    /// <summary>Those of the viewer's departments and schools, also retired ones.</summary>
    public async Task<IReadOnlyList<AnswerTemplate>> SeenByAsync(Viewer viewer, CancellationToken cancellation)
    {
        List<Guid?> departments = [.. Access.Departments(viewer).Select(d => (Guid?)d)];
        List<Guid> schools =
        [
            .. departments.Select(d => organisations.SchoolOf(d!.Value)?.Id).OfType<Guid>(),
            .. viewer.At(Office.MotionSecretary),
        ];
        return await db.Set<AnswerTemplate>()
            .AsNoTracking()
            .Where(t =>
                departments.Contains(t.DepartmentId) || (t.DepartmentId == null && schools.Contains(t.SchoolId))
            )
            .OrderByDescending(t => t.Active)
            .ThenBy(t => t.DepartmentId == null)
            .ThenBy(t => t.Class)
            .ThenBy(t => t.Name)
            .ToListAsync(cancellation);
    }

    /// <summary>The template, if the viewer keeps it.</summary>
    public async Task<AnswerTemplate?> FindAsync(Guid id, Viewer viewer, CancellationToken cancellation)
    {
        var found = await db.Set<AnswerTemplate>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancellation);
        return found is not null && KeptBy(viewer).Contains(found.DepartmentId ?? found.SchoolId) ? found : null;
    }

    /// <summary>
    /// Adds a template to a department or school that the viewer keeps. The id comes with the form: sent twice, it is added
    /// once. Refusals: those of <see cref="TemplateText.Check"/>, <c>template.not-yours</c>, <c>template.name-taken</c>.
    /// </summary>
    public async Task<Outcome<Guid>> AddAsync(
        Guid id,
        Guid keeper,
        TemplateText typed,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        if (typed.Check() is { } wrong)
            return wrong;
        if (!KeptBy(viewer).Contains(keeper) || organisations.SchoolOf(keeper) is not { } school)
            return Refusal.At("keeper", "template.not-yours") with { Kind = RefusalKind.Forbidden };
        db.Add(
            new AnswerTemplate
            {
                Id = id,
                SchoolId = school.Id,
                DepartmentId = keeper == school.Id ? null : keeper,
                Class = typed.Class,
                Name = typed.Name,
                Text = typed.Text,
                ChangedBy = viewer.MemberId,
                ChangedAt = time.GetUtcNow(),
            }
        );
        return await SaveAsync(id, viewer, added: true, cancellation);
    }

    /// <summary>
    /// Changes one, or retires it and brings it back. Refusals: as for <see cref="AddAsync"/>, <c>template.missing</c>,
    /// <c>template.changed</c> (somebody changed it since <paramref name="seen"/>).
    /// </summary>
    public async Task<Outcome<Guid>> ChangeAsync(
        Guid id,
        TemplateText typed,
        bool active,
        int seen,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        if (typed.Check() is { } wrong)
            return wrong;
        var template = await db.Set<AnswerTemplate>().FirstOrDefaultAsync(t => t.Id == id, cancellation);
        if (template is null || !KeptBy(viewer).Contains(template.DepartmentId ?? template.SchoolId))
            return Refusal.Missing("template.missing");
        db.Entry(template).Property(t => t.Version).OriginalValue = seen;
        (template.Name, template.Text, template.Class) = (typed.Name, typed.Text, typed.Class);
        template.Active = active;
        template.Version = seen + 1;
        template.ChangedBy = viewer.MemberId;
        template.ChangedAt = time.GetUtcNow();
        return await SaveAsync(id, viewer, added: false, cancellation);
    }

    private async Task<Outcome<Guid>> SaveAsync(Guid id, Viewer viewer, bool added, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return id;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("template.changed", RefusalKind.Stale);
        }
        catch (DbUpdateException clash) when (db.IsUniqueViolation(clash))
        {
            db.ChangeTracker.Clear();
            // The second press on the button finds what the first one wrote.
            if (added && await FindAsync(id, viewer, cancellation) is not null)
                return id;
            return Refusal.At("name", "template.name-taken") with { Kind = RefusalKind.Conflict };
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }
}
