using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Privacy;

namespace EduUnion.Host.Aid;

/// <summary>A yearly re-verification has nothing to unmask; what the holder told goes with the retention.</summary>
public sealed class VerificationSecrets : ISensitiveFields
{
    public string Kind => VerificationCase.KindName;

    public Task<Refusal?> RefuseAsync(ICase @case, string field, Guid member, CancellationToken cancellation) =>
        Task.FromResult<Refusal?>(Refusal.Missing("sensitive.unknown"));

    public string? Read(ICase @case, string field) => null;

    public bool IsSensitive(string act) => act != "retention.erase";

    public Task<IReadOnlyList<object>> PurgeAsync(ICase @case, CaseMoment moment, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<object>>([((VerificationCase)@case).Verification.Forget()]);
}
