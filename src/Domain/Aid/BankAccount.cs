namespace EduUnion.Domain.Aid;

/// <summary>
/// The applicant's own account (domain §3.3 step 8: real name, no cash). <see cref="Number"/> has digits only, 8 to 32;
/// not every bank's number has a check digit, so none is asked for.
/// </summary>
public sealed record BankAccount(string BankName, string AccountName, string Number)
{
    public const int NumberMin = 8;
    public const int NumberMax = 32;

    public static BankAccount Of(string? bankName, string? accountName, string? number) =>
        new((bankName ?? "").Trim(), (accountName ?? "").Trim(), Digits(number));

    /// <summary>The last four digits, as it is shown: <c>**** 1234</c>.</summary>
    public override string ToString() => Masking.Account(Number);

    /// <summary>
    /// What is wrong with it. Codes: <c>aid.field-missing</c>, <c>aid.field-too-long</c>, <c>text.control-characters</c>,
    /// <c>aid.account-malformed</c>, <c>aid.account-not-own</c> (it must be in the applicant's name).
    /// </summary>
    public Refusal? Check(string owner, string prefix = "", bool complete = true)
    {
        var check = new FieldCheck(complete);
        Check(check, owner, prefix);
        return check.Refusal;
    }

    internal void Check(FieldCheck check, string owner, string prefix)
    {
        check.Text($"{prefix}bankName", BankName, 60);
        check.Text($"{prefix}accountName", AccountName, 40);
        if (AccountName.Length > 0 && owner.Length > 0 && AccountName != owner)
            check.Add(Refusal.At($"{prefix}accountName", "aid.account-not-own"));
        if (Number.Length == 0)
            check.Missing($"{prefix}account");
        else if (Number.Length is < NumberMin or > NumberMax || !Number.All(char.IsAsciiDigit))
            check.Add(Refusal.At($"{prefix}account", "aid.account-malformed", NumberMin, NumberMax));
    }

    private static string Digits(string? typed) => new([.. IdentityNumber.Normalize(typed).Where(c => c is not '-')]);
}
