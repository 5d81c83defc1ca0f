namespace EduUnion.Domain.Funds;

/// <summary>One line of a payment list (发放清册).</summary>
public enum LineState
{
    /// <summary>On a list that is not released.</summary>
    Listed,

    /// <summary>Taken off the list before it was released.</summary>
    Removed,

    /// <summary>Released to the bank; the result is not known.</summary>
    Sent,

    /// <summary>The bank has paid it.</summary>
    Paid,

    /// <summary>The bank has sent it back instead of paying.</summary>
    Bounced,

    /// <summary>It was reported as paid and came back later (退汇).</summary>
    Returned,
}
