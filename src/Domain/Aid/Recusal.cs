using System.Collections.Immutable;

namespace EduUnion.Domain.Aid;

/// <summary>Kinds of 回避 (domain §3.8).</summary>
public enum Relation
{
    /// <summary>配偶.</summary>
    Spouse,

    /// <summary>直系血亲.</summary>
    Lineal,

    /// <summary>三代以内旁系血亲.</summary>
    Collateral,

    /// <summary>姻亲.</summary>
    InLaw,

    /// <summary>其他利害关系.</summary>
    DirectInterest,
}

/// <summary>What somebody is about to do with a case.</summary>
public enum Duty
{
    /// <summary>Check, accept, appoint, publish, look after.</summary>
    Handle,

    /// <summary>入户调查, or the investigation of an objection.</summary>
    Survey,

    /// <summary>民主评议.</summary>
    Assess,

    /// <summary>审批: not by who surveyed or investigated the case either.</summary>
    Approve,

    /// <summary>制表、复核.</summary>
    Pay,
}

/// <summary>Why somebody is recused.</summary>
public enum RecusalGround
{
    /// <summary>It is his own application.</summary>
    Self,

    /// <summary>A relation was declared, by either of the two.</summary>
    Relation,

    /// <summary>He lives in the household.</summary>
    Household,

    /// <summary>He declared it in this case.</summary>
    Declared,

    /// <summary>He surveyed the case.</summary>
    Surveyed,

    /// <summary>He investigated an objection to it.</summary>
    Investigated,

    /// <summary>He reported the hardship, or entered the application on behalf: nobody approves what he asked for.</summary>
    Entered,
}

/// <summary>Somebody said himself that he stands too near.</summary>
public sealed record Recusal(Guid MemberId, Relation Relation, string Reason, DateTimeOffset At);

/// <summary>What the caller knows of who stands near the applicant: members with a declared relation to him.</summary>
public sealed record Ties(ImmutableHashSet<Guid> Related)
{
    public static Ties None { get; } = new([]);

    public static Ties To(params IEnumerable<Guid> related) => new([.. related]);
}

/// <summary>
/// Who acts: himself, or for somebody (委托代理). Both must be free to, so that nobody decides through another.
/// </summary>
/// <param name="AtDistrict">He acts as an officer of the district: nothing is shown to it without the consent to transfer.</param>
public sealed record Actor(Guid Id, Ties Ties, Guid? ActingFor = null, bool AtDistrict = false);
