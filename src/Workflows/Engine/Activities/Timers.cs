using System.Globalization;
using System.Text.Json;
using Cronos;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>Activities that wait for an instant; one that started the workflow completes at once.</summary>
internal abstract class Timers : Behaviour
{
    /// <summary>Null when there is nothing to wait for.</summary>
    protected abstract DateTimeOffset? At(Execution burst, Node node);

    public override void Execute(Execution burst, Node node)
    {
        if (burst.Triggered(node) is null && At(burst, node) is { } at && at > burst.Now)
            burst.Add(new Effect.ArmTimer(burst.IdOf(node), node.Instance.Id, node.ActivityId, at));
        else
            burst.Complete(node);
    }

    public override void Cancelled(Execution burst, Node node) =>
        burst.Add(new Effect.DisarmTimer(burst.IdOf(node), node.Instance.Id, node.ActivityId));

    protected static DateTimeOffset After(Execution burst, JsonElement span) =>
        TimeSpan.TryParse(Values.Text(span), CultureInfo.InvariantCulture, out var parsed)
            ? burst.Now + parsed
            : throw new ActivityFault($"'{Values.Text(span)}' is no time span.");
}

/// <summary>Waits for a span from now.</summary>
internal sealed class Delay : Timers
{
    protected override DateTimeOffset? At(Execution burst, Node node) => After(burst, burst.Input(node, "timeSpan"));
}

/// <summary>Waits for its interval, once whenever it is reached.</summary>
internal sealed class Timer : Timers
{
    protected override DateTimeOffset? At(Execution burst, Node node) => After(burst, burst.Input(node, "interval"));
}

/// <summary>Waits for the next instant of a cron expression, UTC, once whenever it is reached; a blank one waits for nothing.</summary>
internal sealed class Cron : Timers
{
    protected override DateTimeOffset? At(Execution burst, Node node)
    {
        var text = Values.Text(burst.Input(node, "cronExpression"));
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var seconds = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6;
        return CronExpression.TryParse(text, seconds ? CronFormat.IncludeSeconds : CronFormat.Standard, out var parsed)
            ? parsed.GetNextOccurrence(burst.Now, TimeZoneInfo.Utc)
                ?? throw new ActivityFault($"'{text}' has no next instant.")
            : throw new ActivityFault($"'{text}' is no cron expression.");
    }
}

/// <summary>Waits until an instant; one in the past completes at once.</summary>
internal sealed class StartAt : Timers
{
    protected override DateTimeOffset? At(Execution burst, Node node)
    {
        var instant = burst.Input(node, "dateTime");
        if (instant.ValueKind == JsonValueKind.Number && instant.TryGetInt64(out var milliseconds))
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return DateTimeOffset.TryParse(
            Values.Text(instant),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var parsed
        )
            ? parsed
            : throw new ActivityFault($"'{Values.Text(instant)}' is no instant.");
    }
}
