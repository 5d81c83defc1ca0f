using EduUnion.Domain.Aid;
using EduUnion.Host.Aid;
using EduUnion.Host.Web;

namespace EduUnion.Host.Pages.Assessment;

/// <summary>What stands of a line in words.</summary>
internal static class LineWords
{
    /// <summary>Whether it may be voted on now, and what is missing (domain §3.3 step 4).</summary>
    public static string Quorum(Texts texts, AssessmentMeeting meeting, AssessmentLine line)
    {
        var eligible = line.Eligible(meeting.Members);
        var present = line.Present(meeting.Attendees);
        var needed = (2 * eligible + 2) / 3;
        return line.HasQuorum(meeting.Members, meeting.Attendees)
            ? texts["assessment.quorum", eligible, present, needed]
            : texts["assessment.noQuorum", eligible, present, needed];
    }

    public static string Result(Texts texts, AssessmentResult result) =>
        texts[
            result.Passed ? "assessment.result.passed" : "assessment.result.failed",
            texts.Term(result.Category),
            result.Amount,
            result.Yes,
            result.No,
            result.Abstained
        ];
}
