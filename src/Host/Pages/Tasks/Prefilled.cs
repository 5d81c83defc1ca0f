using System.Globalization;
using EduUnion.Domain.Motions;
using EduUnion.Host.Cases;
using EduUnion.Host.Drafts;
using EduUnion.Host.Motions;
using EduUnion.Host.Web;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>What a form starts with: what is known need not be typed again.</summary>
public static class Prefilled
{
    public static Typed Of(TaskRow task, MotionView view, DateOnly today)
    {
        var part = view.Motion.Parts.FirstOrDefault(p => p.Id == task.Part);
        return task.Name switch
        {
            "motion.assign" when view.Motion.Recommendation is { HostId: { } host } recommended => Typed
                .Nothing.With("parts-0-host", host.ToString())
                .With("parts-0-cohandlers", [.. recommended.CohandlerIds.Select(d => d.ToString())]),
            "handling.reassign" or "handling.ruling" => Typed.Nothing.With(
                "cohandlers",
                [.. part!.CohandlerIds.Select(d => d.ToString())]
            ),
            "handling.meeting" => Typed.Nothing.With("metOn", Dates.Machine(today)).With("mode", "meeting"),
            // A returned answer is mended, not written anew.
            "handling.draft" when part?.Answer is { } answer => Of(answer),
            "extension.decide" when part?.Extensions.LastOrDefault() is { } asked => Typed.Nothing.With(
                "workdays",
                asked.Workdays.ToString(CultureInfo.InvariantCulture)
            ),
            _ => Typed.Nothing,
        };
    }

    private static Typed Of(AnswerDraft answer)
    {
        var typed = Typed.Nothing.With("class", answer.Class.ToString()).With("text", answer.Text);
        if (answer.ReconsiderOn is { } again)
            typed = typed.With("reconsiderOn", Dates.Machine(again));
        for (var i = 0; i < answer.Commitments.Length; i++)
        {
            var promised = answer.Commitments[i];
            typed = typed
                .With($"commitments-{i}-item", promised.Item)
                .With($"commitments-{i}-owner", promised.Owner)
                .With($"commitments-{i}-dueOn", Dates.Machine(promised.DueOn));
        }
        return typed;
    }
}
