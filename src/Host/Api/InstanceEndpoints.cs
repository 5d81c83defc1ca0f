using EduUnion.Domain;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Api;

/// <summary>An activity that is open, or encloses one that is.</summary>
public sealed record ActivityAnswer(string Id, string Type, string Name);

/// <summary>One live workflow instance of the case.</summary>
public sealed record LiveInstance(
    Guid Id,
    Guid? Parent,
    string Definition,
    int Version,
    IReadOnlyList<ActivityAnswer> Activities
);

public sealed record IncidentAnswer(
    Guid Id,
    string Activity,
    string Reason,
    DateTimeOffset At,
    DateTimeOffset? RetriedAt,
    DateTimeOffset? ClosedAt
);

/// <summary>How a case runs: its live instances with what is open in them, and its faults. Nothing of what the case says.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Status"><c>running</c>, <c>finished</c>, or <c>incident</c> when a fault waits for the administrator.</param>
public sealed record InstanceAnswer(
    Guid Id,
    string CaseKind,
    string State,
    string Status,
    IReadOnlyList<LiveInstance> Instances,
    IReadOnlyList<IncidentAnswer> Incidents
);

public static class InstanceEndpoints
{
    public static RouteGroupBuilder MapInstanceEndpoints(this RouteGroupBuilder api)
    {
        api.MapGet("/instances/{id:guid}", FindAsync)
            .RequireAuthorization(Policies.Member)
            .WithTags("definitions")
            .WithName("instance")
            .WithSummary("How a case runs: live instances, open activities, incidents")
            .WithDescription("For whoever may see the case, and for the administrator.")
            .Refuses(404);
        return api;
    }

    private static async Task<Results<Ok<InstanceAnswer>, ProblemHttpResult>> FindAsync(
        Guid id,
        HttpContext http,
        EduUnionDb db,
        Access access,
        DefinitionSet definitions,
        Texts texts,
        CancellationToken cancellation
    )
    {
        var viewer = await access.ViewerAsync(http.User.MemberId(), cancellation);
        var cases = viewer.At(Office.Administrator).Count > 0 ? db.Set<CaseRow>() : access.Visible(viewer);
        var row = await cases
            .Where(c => c.Id == id)
            .Select(c => new
            {
                c.Kind,
                c.State,
                c.Family,
            })
            .FirstOrDefaultAsync(cancellation);
        if (row is null)
            return Problems.Of(texts, Refusal.Missing("case.unknown"));
        var incidents = await db.Set<IncidentRow>()
            .Where(i => i.CaseId == id)
            .OrderBy(i => i.At)
            .Select(i => new IncidentAnswer(i.Id, i.Activity, i.Reason, i.At, i.RetriedAt, i.ClosedAt))
            .ToListAsync(cancellation);
        var family = FamilyJson.Read(row.Family);
        return TypedResults.Ok(
            new InstanceAnswer(
                id,
                row.Kind,
                row.State,
                incidents.Any(i => i.ClosedAt is null) ? "incident"
                    : family.Instances.IsEmpty ? "finished"
                    : "running",
                [.. family.Instances.Select(Live)],
                incidents
            )
        );

        LiveInstance Live(Instance instance)
        {
            var definition = definitions.Find(instance.DefinitionId, instance.Version);
            return new LiveInstance(
                instance.Id,
                instance.Parent,
                instance.DefinitionId,
                instance.Version,
                [
                    .. instance.Activities.Select(a =>
                        definition?.Activities.GetValueOrDefault(a) is { } activity
                            ? new ActivityAnswer(a, activity.Type, activity.DisplayText)
                            : new ActivityAnswer(a, "", a)
                    ),
                ]
            );
        }
    }
}
