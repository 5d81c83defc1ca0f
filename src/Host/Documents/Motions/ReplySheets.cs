using EduUnion.Domain.Motions;
using EduUnion.Host.Motions;
using EduUnion.Host.Web;

namespace EduUnion.Host.Documents.Motions;

/// <summary>
/// 答复函 (form 6) with the blank feedback form that goes with it. The letter is the same for every reader: it names the
/// co-handlers; what they told the host is a paper of its own, for those who may read it (<see cref="OpinionSheet"/>).
/// </summary>
internal static class ReplySheets
{
    public static IEnumerable<Sheet> Of(MotionFacts facts)
    {
        yield return Letter(facts);
        // An opinion is answered, but nobody is asked what he thinks of the answer.
        if (!facts.Motion.IsOpinion)
            yield return FeedbackSheet.Of(facts, null);
    }

    /// <summary>
    /// 校提复〔2026〕12号: the number is the motion's own, so that letter and motion are found by one number; several
    /// hosts' letters are 12-1, 12-2, and that of a re-handling is 12号之二.
    /// </summary>
    public static string Number(MotionFacts facts)
    {
        var year = Dates.Of(facts.Part!.Handling.SignedBy?.At ?? facts.Part.Handling.DeliveredAt!.Value).Year;
        var of = facts.Part.Ordinal > 0 ? $"-{facts.Part.Ordinal}" : "";
        var round = facts.Part.Handling.Round;
        var again = round > 1 ? $"之{Numerals.Chinese(round)}" : "";
        return $"{(facts.Motion.IsOpinion ? "校意复" : "校提复")}〔{year}〕{facts.Ordinal}{of}号{again}";
    }

    private static Sheet Letter(MotionFacts facts)
    {
        var part = facts.Part!;
        var answer = part.Handling.Answer!;
        return new(
            AnswerLetter.Subject(facts.Congress, facts.Motion),
            [
                new Prose($"{facts.Proposer.Name}代表：") { Flush = true },
                new Prose([AnswerLetter.Opening(facts.Motion), .. AnswerLetter.Lines(answer)]),
                .. Promised(answer),
                new Prose([.. Closing(facts.Motion, answer)]),
                new Signing(facts.School + part.Host, Paper.Day(part.Handling.SignedBy?.At)) { Sealed = true },
                new Foot(
                    string.Join(
                        "　　",
                        new[]
                        {
                            $"签发人：{part.SignedBy}",
                            $"联系人：{part.Contact}",
                            part.Phone.Length > 0 ? $"电话：{part.Phone}" : "",
                        }.Where(w => w.Length > 0)
                    ),
                    (part.Cohandlers.Length > 0 ? $"协办：{part.Cohandlers}　　" : "")
                        + (facts.Motion.IsOpinion ? "" : "附：征询意见表　　")
                        + $"抄送：{Copies(facts)}"
                ),
            ]
        )
        {
            Letterhead = facts.School + part.Host,
            Number = Number(facts),
            Remark = $"办理类别：{answer.Class}",
        };
    }

    private static IEnumerable<string> Closing(Motion motion, AnswerDraft answer)
    {
        if (answer.ReconsiderOn is { } again)
            yield return AnswerLetter.Reconsidered(again);
        if (motion.MainNumber is { } main)
            yield return $"您的提案并入第{main.Split('-')[^1]}号提案一并办理，答复内容相同。";
        // Many write it themselves.
        if (!answer.Text.Contains("感谢", StringComparison.Ordinal))
            yield return "感谢您对学校工作的关心和支持。";
    }

    private static string Copies(MotionFacts facts) =>
        string.Join(
            '，',
            new[]
            {
                "校工会",
                "提案工作委员会",
                facts.Part!.Cohandlers,
                facts.Cosigners.Count > 0 ? "附议人" : "",
            }.Where(w => w.Length > 0)
        );

    private static IEnumerable<Block> Promised(AnswerDraft answer)
    {
        if (answer.Commitments.IsEmpty)
            yield break;
        yield return new Grid(
            "落实事项",
            [10, 46, 20, 24],
            [
                new(Cell.Of("序号"), Cell.Of("落实事项"), Cell.Of("责任人"), Cell.Of("完成日期")),
                .. answer.Commitments.Select((c, i) => new Row($"{i + 1}", c.Item, c.Owner, Paper.Day(c.DueOn))),
            ]
        )
        {
            Headed = true,
        };
    }
}
