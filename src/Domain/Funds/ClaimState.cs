namespace EduUnion.Domain.Funds;

/// <summary>How far the money of one approval is (domain §3.3 (8), §3.8).</summary>
public enum ClaimState
{
    /// <summary>排队: approved, but the fund is short; served in the order of approval.</summary>
    Waiting,

    /// <summary>已预留: the fund holds it and it may be put on a payment list.</summary>
    Reserved,

    /// <summary>已列入清册: on a list that is not released yet.</summary>
    Listed,

    /// <summary>已送银行: the bank has it and has not said what became of it.</summary>
    Sent,

    /// <summary>已到账, as far as the bank knows.</summary>
    Paid,

    /// <summary>退回: came back; still reserved, waits for a corrected account.</summary>
    Bounced,

    /// <summary>已取消: nothing is held any more.</summary>
    Cancelled,
}
