using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Pages.Tasks;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Pages.Review;

/// <summary>What became of one of the ticked rows.</summary>
public sealed record BulkResult(TableRow Row, Refusal? Refusal);

/// <summary>Does an act to each row as a step of its own with a key of its own: one that is refused stops none of the others.</summary>
public sealed class BulkRun(CaseSteps steps, CommitteeCommands commands)
{
    public async Task<IReadOnlyList<BulkResult>> RunAsync(BulkForm form, Asker asker, CancellationToken cancellation)
    {
        var results = new List<BulkResult>();
        // What is merged comes last: its main motion may be filed by the same press.
        foreach (var (mark, row) in form.Rows.OrderBy(t => form.VerdictOf(t.Row) == BulkAct.Merge))
        {
            var own = asker.Key is { } key ? asker with { Key = $"{key}:{row.Id}" } : asker;
            results.Add(new BulkResult(row, await DoAsync(form, mark, row, own, cancellation)));
        }
        return [.. results.OrderBy(r => r.Refusal is null).ThenBy(r => r.Row.Motion.ReceiptNumber)];
    }

    private async Task<Refusal?> DoAsync(
        BulkForm form,
        RowMark mark,
        TableRow row,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var decides = form.Act.Name is BulkAct.Propose or BulkAct.Merge or BulkAct.Vote or BulkAct.Assign;
        if (decides && mark.Task == Guid.Empty)
            return Refusal.Because("review.not-yours-now");
        // A task knows its own version; for the rest the row must stand where the form saw it. A repeated request finds
        // it moved by itself: it gets its first answer.
        if (!decides && row.Place != mark.Place)
            return (
                await steps.RefuseAsync(new Refusal("review.moved-on", RefusalKind.Stale), asker, cancellation)
            ).Refusal;
        return (await ActAsync(form, mark, row, asker, cancellation)).Refusal;
    }

    private Task<Outcome<StepDone>> ActAsync(
        BulkForm form,
        RowMark mark,
        TableRow row,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var typed = form.Typed;
        switch (form.Act.Name)
        {
            case BulkAct.Propose or BulkAct.Merge:
                var proposed = Typed
                    .Nothing.With("recommendation", form.Outcome)
                    .With("recommendationReason", form.Comment ?? "");
                if (form.Outcome == BulkAct.Merge)
                    proposed = proposed.With("main", form.Main?.ToString() ?? "");
                if (form.Outcome == "reject")
                    proposed = proposed.With("reasonCode", typed.One("reasonCode") ?? "");
                if (form.Outcome is "file" or "opinion")
                    proposed = proposed
                        .With("host", form.HostOf(row) ?? "")
                        .With("cohandlers", [.. form.CohandlersOf(row)]);
                return DecideAsync(mark, "motion.check", "propose", null, proposed, asker, cancellation);
            case BulkAct.Vote when form.VerdictOf(row) is { } vote:
                return DecideAsync(mark, "motion.review", vote, form.Comment, typed, asker, cancellation);
            case BulkAct.Count when form.VerdictOf(row) is { } counted:
                var count = new VoteCount(
                    counted,
                    form.Number("for")!.Value,
                    form.Number("against") ?? 0,
                    form.Number("abstained") ?? 0,
                    form.MetOn!.Value,
                    counted == "reject" && typed.One("reasonCode") is { Length: > 0 } code ? code : null,
                    form.Comment
                );
                return commands.CountVoteAsync(row.Id, count, asker, cancellation);
            case BulkAct.Assign when form.HostOf(row) is { } host:
                var parts = Typed
                    .Nothing.With("parts-0-host", host)
                    .With("parts-0-cohandlers", [.. form.CohandlersOf(row)]);
                return DecideAsync(mark, "motion.assign", "assign", null, parts, asker, cancellation);
            case BulkAct.Assign:
                return steps.RefuseAsync(Refusal.Because("review.no-host"), asker, cancellation);
            case BulkAct.Unmerge:
                return commands.UnmergeAsync(row.Id, asker, cancellation);
            case BulkAct.Sponsor:
                var sponsor = Guid.TryParse(typed.One("memberId"), out var member) ? member : (Guid?)null;
                return commands.NameSponsorAsync(row.Id, sponsor, asker, cancellation);
            default:
                return steps.RefuseAsync(Refusal.Because("review.no-recommendation"), asker, cancellation);
        }
    }

    private Task<Outcome<StepDone>> DecideAsync(
        RowMark mark,
        string step,
        string outcome,
        string? comment,
        Typed typed,
        Asker asker,
        CancellationToken cancellation
    )
    {
        var spec = StepCatalogue.Shipped.Find(step)!;
        var form = FormJson.Of(spec, spec.Outcome(outcome)!, typed);
        return steps.DecideAsync(new Decision(mark.Task, outcome, comment, form, mark.Version), asker, cancellation);
    }
}
