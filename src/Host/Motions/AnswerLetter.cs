using EduUnion.Domain.Motions;
using EduUnion.Host.Organisations;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Motions;

/// <summary>The answer as it is sent (答复函); always in Chinese, it is a document.</summary>
public static class AnswerLetter
{
    /// <param name="draft">The draft on record, or one that is just being typed.</param>
    public static Letter Of(MotionView view, Handling part, AnswerDraft draft, OrganisationBook organisations)
    {
        var (session, motion) = (view.Session, view.Motion);
        var host = view.Departments.GetValueOrDefault(part.HostId, "");
        var meeting = $"第{Numerals.Chinese(session.TermNumber)}届第{Numerals.Chinese(session.Number)}次教代会";
        var to = view.Names.GetValueOrDefault(motion.ProposerId, "");
        List<string> text = [Opening(motion), .. Lines(draft)];
        for (var i = 0; i < draft.Commitments.Length; i++)
        {
            var promised = draft.Commitments[i];
            text.Add(
                $"落实事项{Numerals.Chinese(i + 1)}：{promised.Item}，负责人{promised.Owner}，{Dates.Long(promised.DueOn, Dates.Chinese)}前完成。"
            );
        }
        if (draft.ReconsiderOn is { } again)
            text.Add(Reconsidered(again));
        return new Letter(motion.Number ?? "", Subject(meeting, motion), $"{to}代表：", text)
        {
            Remark = $"办理类别：{draft.Class}",
            Signature =
            [
                (organisations.Find(motion.SchoolId)?.Name ?? "") + host,
                part.SignedBy is { } signed ? Dates.Long(Dates.Of(signed.At), Dates.Chinese) : "（签发后生成日期）",
            ],
        };
    }

    /// <summary>第012号提案, as a letter calls it.</summary>
    public static string Called(Motion motion) =>
        motion.Number is { } official ? $"第{official.Split('-')[^1]}号提案" : "意见建议";

    /// <param name="congress">第三届第二次教代会.</param>
    public static string Subject(string congress, Motion motion) => $"对{congress}{Called(motion)}的答复";

    public static string Opening(Motion motion) =>
        $"您提出的《{motion.Content.Title}》（{Called(motion)}）收悉，现答复如下：";

    /// <summary>The answer's text, a paragraph a line.</summary>
    public static IEnumerable<string> Lines(AnswerDraft draft) =>
        draft.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static string Reconsidered(DateOnly again) => $"此事将于{Dates.Long(again, Dates.Chinese)}再次研究。";
}
