using EduUnion.Host.Drafts;

namespace EduUnion.Host.Jobs;

/// <summary>Forgets what was typed and not sent for a long time.</summary>
public sealed class OldDrafts(DraftBook drafts) : IJob
{
    public Task<int> RunAsync(CancellationToken cancellation) => drafts.ForgetOldAsync(cancellation);
}
