using System.Threading.Channels;

namespace EduUnion.Host.Jobs;

/// <summary>
/// Nudges this process's mail worker after a commit, so that mail leaves at once. Losing a ring loses nothing: the sweep
/// finds the row.
/// </summary>
public sealed class OutboxBell
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Ring() => _rings.Writer.TryWrite(true);

    public async Task HeardAsync(CancellationToken cancellation) => await _rings.Reader.ReadAsync(cancellation);
}
