using System.Text.Json;
using EduUnion.Host.Privacy;

namespace EduUnion.Host.Funds;

/// <summary>To whom and where money goes; in the database only sealed, bound to the claim or the payment line.</summary>
internal sealed record Payee(string Name, string Bank, string Account)
{
    /// <summary>尾号: the last four digits, all that lists show.</summary>
    public string Tail => Account.Length <= 4 ? "" : Account[^4..];

    public string Seal(Vault vault, Guid bound) => vault.Seal(JsonSerializer.Serialize(this), bound);

    public static Payee Open(Vault vault, string sealedText, Guid bound) =>
        JsonSerializer.Deserialize<Payee>(vault.Open(sealedText, bound))!;
}
