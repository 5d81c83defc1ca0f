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
        var number = motion.Number is { } official ? $"第{official.Split('-')[^1]}号提案" : "意见建议";
        var meeting = $"第{Numerals.Chinese(session.TermNumber)}届第{Numerals.Chinese(session.Number)}次教代会";
        var to = view.Names.GetValueOrDefault(motion.ProposerId, "");
        List<string> text =
        [
            $"您提出的《{motion.Content.Title}》（{number}）收悉，现答复如下：",
            .. draft.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ];
        for (var i = 0; i < draft.Commitments.Length; i++)
        {
            var promised = draft.Commitments[i];
            text.Add(
                $"落实事项{Numerals.Chinese(i + 1)}：{promised.Item}，负责人{promised.Owner}，{Dates.Long(promised.DueOn, Dates.Chinese)}前完成。"
            );
        }
        if (draft.ReconsiderOn is { } again)
            text.Add($"此事将于{Dates.Long(again, Dates.Chinese)}再次研究。");
        return new Letter(motion.Number ?? "", $"对{meeting}{number}的答复", $"{to}代表：", text)
        {
            Remark = $"办理类别：{draft.Class}",
            Signature =
            [
                (organisations.Find(motion.SchoolId)?.Name ?? "") + host,
                part.SignedBy is { } signed ? Dates.Long(Dates.Of(signed.At), Dates.Chinese) : "（签发后生成日期）",
            ],
        };
    }
}
