using System.Globalization;
using System.Text.Json;
using EduUnion.Workflows.Definitions;

namespace EduUnion.Workflows.Engine.Activities;

/// <summary>Activities that wait for an instant.</summary>
internal abstract class Timers : Behaviour
{
    protected abstract DateTimeOffset At(Execution burst, Node node);

    public override void Execute(Execution burst, Node node)
    {
        var at = At(burst, node);
        if (at <= burst.Now)
            burst.Complete(node);
        else
            burst.Add(new Effect.ArmTimer(burst.IdOf(node), node.Instance.Id, node.ActivityId, at));
    }

    public override void Cancelled(Execution burst, Node node) =>
        burst.Add(new Effect.DisarmTimer(burst.IdOf(node), node.Instance.Id, node.ActivityId));
}

/// <summary>Waits for a span from now.</summary>
internal sealed class Delay : Timers
{
    protected override DateTimeOffset At(Execution burst, Node node)
    {
        var span = burst.Input(node, "timeSpan");
        return TimeSpan.TryParse(Values.Text(span), CultureInfo.InvariantCulture, out var parsed)
            ? burst.Now + parsed
            : throw new ActivityFault($"'{Values.Text(span)}' is no time span.");
    }
}

/// <summary>Waits until an instant; one in the past completes at once.</summary>
internal sealed class StartAt : Timers
{
    protected override DateTimeOffset At(Execution burst, Node node)
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
