using System.Collections.Immutable;

namespace EduUnion.Domain.Aid;

/// <summary>证明材料 (domain §3.2).</summary>
public enum ProofKind
{
    /// <summary>签名的申请书.</summary>
    Application,

    /// <summary>身份证.</summary>
    Identity,

    /// <summary>户口簿.</summary>
    HouseholdRegister,

    /// <summary>收入证明.</summary>
    Income,

    /// <summary>授权同意书, signed on paper: for what is entered on behalf.</summary>
    ConsentForm,

    /// <summary>诊断证明.</summary>
    Diagnosis,

    /// <summary>医疗费收据.</summary>
    MedicalReceipts,

    /// <summary>结算单(自付/自费).</summary>
    Settlement,

    /// <summary>录取或在读证明.</summary>
    Enrolment,

    /// <summary>缴费单.</summary>
    FeeBill,

    /// <summary>事故、灾害证明.</summary>
    OfficialProof,

    /// <summary>残疾证.</summary>
    DisabilityCertificate,

    /// <summary>死亡证明.</summary>
    DeathCertificate,

    /// <summary>失业或无劳动能力证明.</summary>
    Unemployment,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>A document and the attachment that shows it.</summary>
public sealed record Proof(ProofKind Kind, Guid AttachmentId);

/// <summary>One line of the checklist; nothing attached = missing.</summary>
public sealed record ProofNeeded(ProofKind Kind, ImmutableArray<Guid> AttachmentIds)
{
    public bool IsMissing => AttachmentIds.IsEmpty;
}

/// <summary>
/// Which documents an application needs by its causes (domain §3.2). What is missing does not stop a submission: the
/// formal check sees it and asks once for completion (补正).
/// </summary>
public static class Proofs
{
    private static readonly ImmutableArray<ProofKind> Always =
    [
        ProofKind.Application,
        ProofKind.Identity,
        ProofKind.HouseholdRegister,
        ProofKind.Income,
    ];

    /// <summary>The checklist: always the same order, each kind once.</summary>
    public static ImmutableArray<ProofNeeded> Checklist(AidContent content, bool onBehalf)
    {
        IEnumerable<Cause> causes = content.MainCause is { } main
            ? content.SecondaryCauses.Prepend(main)
            : content.SecondaryCauses;
        return
        [
            .. Always
                .Concat(onBehalf ? [ProofKind.ConsentForm] : [])
                .Concat(causes.SelectMany(cause => For(cause)))
                .Distinct()
                .Order()
                .Select(kind => new ProofNeeded(
                    kind,
                    [.. content.Proofs.Where(p => p.Kind == kind).Select(p => p.AttachmentId)]
                )),
        ];
    }

    public static ImmutableArray<ProofKind> For(Cause cause) =>
        cause switch
        {
            Cause.OwnIllness or Cause.FamilyIllness =>
            [
                ProofKind.Diagnosis,
                ProofKind.MedicalReceipts,
                ProofKind.Settlement,
            ],
            Cause.Disability => [ProofKind.DisabilityCertificate],
            Cause.Education => [ProofKind.Enrolment, ProofKind.FeeBill],
            Cause.Accident or Cause.Disaster => [ProofKind.OfficialProof],
            Cause.Bereavement => [ProofKind.DeathCertificate],
            Cause.Dependants => [ProofKind.Unemployment],
            _ => [],
        };
}
