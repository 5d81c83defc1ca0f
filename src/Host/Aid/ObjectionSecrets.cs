using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Privacy;

namespace EduUnion.Host.Aid;

/// <summary>An objection has nothing to unmask; its texts go with the retention.</summary>
public sealed class ObjectionSecrets : ISensitiveFields
{
    public string Kind => ObjectionCase.KindName;

    public Task<Refusal?> RefuseAsync(ICase @case, string field, Guid member, CancellationToken cancellation) =>
        Task.FromResult<Refusal?>(Refusal.Missing("sensitive.unknown"));

    public string? Read(ICase @case, string field) => null;

    public bool IsSensitive(string act) => act != "retention.erase";

    public Task<IReadOnlyList<object>> PurgeAsync(ICase @case, CaseMoment moment, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<object>>([((ObjectionCase)@case).Objection.Forget()]);
}
