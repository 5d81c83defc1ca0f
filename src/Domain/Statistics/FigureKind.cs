namespace EduUnion.Domain.Statistics;

/// <summary>
/// The figures of domain §2.10. S = motions formally submitted, W = withdrawn before filing, F = filed originals (merged
/// ones and those withdrawn later included), K = cases (a merged group once, several hosts once), P = cases replied,
/// Q = cases due, G = feedback forms returned. Submission, filing and feedback count motions; the others count cases.
/// </summary>
public enum FigureKind
{
    /// <summary>立案率 = F / (S − W).</summary>
    Filing,

    /// <summary>并案率 = (F − K) / F; one that was withdrawn after filing is in F and is not merged.</summary>
    Merging,

    /// <summary>意见转化率 = opinions / (S − W); an opinion withdrawn again is in W.</summary>
    Conversion,

    /// <summary>答复率 = P / K.</summary>
    Reply,

    /// <summary>应答复率 = P / Q; every replied case is in Q.</summary>
    DueReply,

    /// <summary>按时答复率 = replied on the effective last day at the latest / Q.</summary>
    OnTime,

    /// <summary>按时答复率 against the last day before extensions / Q.</summary>
    OnTimeOriginal,

    /// <summary>面商率 = met in person before the first answer / P.</summary>
    FaceToFace,

    /// <summary>沟通率 = talked to in any way before the first answer / P.</summary>
    Contact,

    /// <summary>
    /// 反馈率 = lead proposers of whom a returned form stands / lead proposers to whom a form was sent, by motion: the
    /// forms of a second round replace the first and are not counted twice. Lapsed is not returned, whatever the parameter.
    /// </summary>
    Feedback,

    /// <summary>
    /// 满意率 = (满意 + 基本满意) / G by the result, the latest returned form of each lead proposer. Under
    /// <c>feedback.lapse</c> = COUNTED_SATISFIED a lapsed form counts as returned with 满意 here and in the next three.
    /// </summary>
    Satisfaction,

    /// <summary>完全满意率 = 满意 / G.</summary>
    FullSatisfaction,

    /// <summary>首次满意率: the first form of each lead proposer instead of the latest.</summary>
    FirstSatisfaction,

    /// <summary>态度满意率: the score of the manner instead of the result's.</summary>
    MannerSatisfaction,

    /// <summary>落实率 = kept / cases of class A or B; see <see cref="CountedCase.IsKept"/>.</summary>
    Implementation,

    /// <summary>总落实率 = kept / K.</summary>
    ImplementationOfAll,

    /// <summary>办结率 = closed (also with dissent) / K; a merged group when all its motions are.</summary>
    Closing,

    /// <summary>重办率 = re-handled / P.</summary>
    Rehandling,

    /// <summary>采纳率 = class A or B / P; see <see cref="CountedCase.IsAdopted"/>.</summary>
    Adoption,

    /// <summary>人均提案 = S / representatives in office; a count a head, no percentage.</summary>
    PerRepresentative,

    /// <summary>代表参与率 = representatives in office who proposed or co-signed one of S / representatives in office.</summary>
    Participation,
}

/// <summary>Numbers beside the rates; what is outside K is listed here.</summary>
public enum TallyKind
{
    /// <summary>S.</summary>
    Submitted,

    /// <summary>W.</summary>
    WithdrawnBeforeFiling,

    /// <summary>F.</summary>
    Filed,

    /// <summary>K.</summary>
    Cases,
    Opinions,
    Rejected,
    WithdrawnAfterFiling,

    /// <summary>Q without P.</summary>
    Overdue,

    /// <summary>保留意见办结.</summary>
    Dissent,

    /// <summary>Lead proposers whose latest form lapsed (未反馈).</summary>
    Lapsed,

    /// <summary>Time to the first answer in natural days; see <see cref="CountedCase.DaysToReply"/>.</summary>
    RepliedIn7,
    RepliedIn15,
    RepliedIn30,
    RepliedIn45,
    RepliedIn60,
    RepliedLater,
    Unreplied,
}
