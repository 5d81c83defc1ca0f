using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Congresses;
using EduUnion.Host.Motions;
using EduUnion.Host.Web.Components;
using EduUnion.Workflows.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>What can be chosen where a form asks for another motion or for a representative.</summary>
public sealed class FormChoices(Access access, CongressBook congresses, TimeProvider time)
{
    /// <summary>By type of field, for those that the step's form has.</summary>
    public async Task<IReadOnlyDictionary<FieldType, IReadOnlyList<Choice>>> OfAsync(
        StepSpec step,
        MotionView view,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var choices = new Dictionary<FieldType, IReadOnlyList<Choice>>();
        foreach (var type in step.Fields.Select(f => f.Type).Distinct())
            if (type == FieldType.Motion)
                choices[type] = await MainsAsync(view, viewer, cancellation);
            else if (type == FieldType.Representative)
                choices[type] = await RepresentativesAsync(view, viewer, cancellation);
        return choices;
    }

    /// <summary>Motions of the session that are filed, unanswered and in no group: as main motions they are fit.</summary>
    private async Task<IReadOnlyList<Choice>> MainsAsync(MotionView view, Viewer viewer, CancellationToken cancellation)
    {
        string[] unanswered = [nameof(MotionState.Filed), nameof(MotionState.Assigned), nameof(MotionState.Handling)];
        var mains = await access
            .Visible(viewer)
            .Where(c => c.Kind == MotionCase.KindName && c.SessionId == view.Motion.SessionId)
            .Where(c => c.Id != view.Motion.Id && c.Number != null && c.MainId == null && unanswered.Contains(c.State))
            .OrderBy(c => c.Number)
            .Select(c => new
            {
                c.Id,
                c.Number,
                c.Title,
            })
            .ToListAsync(cancellation);
        return mains.ConvertAll(m => new Choice(m.Id.ToString(), $"{m.Number} {m.Title}"));
    }

    /// <summary>Of the running term, which may be a later one than the motion's.</summary>
    private async Task<IReadOnlyList<Choice>> RepresentativesAsync(
        MotionView view,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var session =
            await congresses.CurrentSessionAsync(view.Row.SchoolId, time.GetUtcNow(), cancellation) ?? view.Session;
        var all = await congresses.RepresentativesAsync(session.TermId, viewer.Today, cancellation);
        return
        [
            .. all.Where(r => r.MemberId != view.Motion.ProposerId)
                .Select(r => new Choice(
                    r.MemberId.ToString(),
                    r.Delegation is null ? r.Name : $"{r.Name}（{r.Delegation}）"
                )),
        ];
    }
}
