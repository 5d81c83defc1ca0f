namespace EduUnion.Host.Pages.Aid;

/// <summary>How much of an application somebody is shown (domain §5, aid matrix).</summary>
public enum Sight
{
    /// <summary>Its existence and state only.</summary>
    None,

    /// <summary>Cause group, household without names, result: a committee member.</summary>
    Masked,

    /// <summary>Amount and account: finance.</summary>
    Bank,

    /// <summary>Everything, sensitive fields masked until a reason is given.</summary>
    Full,

    /// <summary>His own.</summary>
    Own,
}
