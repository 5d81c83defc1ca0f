using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Jobs;

/// <summary>Forgets the answers to repeated requests after seven days, as the contract says.</summary>
public sealed class ExpiredRequests(EduUnionDb db, TimeProvider time) : IJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public Task<int> RunAsync(CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - Kept;
        return db.Set<RequestRow>().Where(r => r.At < before).ExecuteDeleteAsync(cancellation);
    }
}
