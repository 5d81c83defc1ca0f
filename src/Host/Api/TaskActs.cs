using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EduUnion.Host.Api;

/// <summary>The answer to an act on a task: what was done, or a refusal as its caller may hear it.</summary>
public sealed class TaskActs(Access access, TaskDetails tasks, Texts texts)
{
    public async Task<Results<Ok<StepDone>, ProblemHttpResult>> AnswerAsync(
        Guid id,
        Asker asker,
        Task<Outcome<StepDone>> act,
        CancellationToken cancellation
    )
    {
        var done = await act;
        if (done.IsOk)
            return TypedResults.Ok(done.Value);
        var viewer = await access.ViewerAsync(asker.MemberId, cancellation);
        return Problems.Of(texts, await tasks.AsKnownAsync(id, viewer, done.Refusal, cancellation));
    }
}
