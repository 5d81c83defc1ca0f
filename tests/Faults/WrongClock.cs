namespace EduUnion.Faults;

/// <summary>What a machine's clock says when it is wrong by <see cref="Off"/>. How long something takes it measures rightly, as machines do.</summary>
internal sealed class WrongClock(TimeProvider right) : TimeProvider
{
    private long _off;

    public TimeSpan Off
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _off));
        set => Interlocked.Exchange(ref _off, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + Off;

    public override long GetTimestamp() => right.GetTimestamp();

    public override long TimestampFrequency => right.TimestampFrequency;
}
