namespace EduUnion.Domain.Aid;

// What an emergency cannot wait for (domain §3.8).
public sealed partial class AidApplication
{
    /// <summary>
    /// An emergency beyond a ceiling of the person, fund, cause or year is not given: no committee can assess it at once.
    /// Refusals: <c>aid.wrong-state</c> (not an emergency that waits), <c>form.reason-missing</c>.
    /// </summary>
    public Outcome<AidRefused> RefuseForCeiling(string? reason, DateTimeOffset now)
    {
        if (State != AidState.Urgent)
            return WrongState;
        return CheckReason(reason) is { } missing ? missing : Refuse(reason!, now);
    }
}
