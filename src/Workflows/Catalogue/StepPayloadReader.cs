using System.Collections.Immutable;
using System.Text.Json;
using EduUnion.Domain.People;

namespace EduUnion.Workflows.Catalogue;

/// <summary>Reads a step's payload strictly: an unknown property or value is a problem, not a default.</summary>
internal sealed class StepPayloadReader(ICollection<PayloadProblem> problems)
{
    private static readonly string[] Scopes = ["session", "school", "district", "fund", "host", "leader"];

    /// <summary>Nobody carries more votes than that.</summary>
    private const int Heaviest = 100;

    private static readonly string[] Actions = ["transfer", "delegate", "addSigners", "return"];

    public StepPayload Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Problem("", "payload.shape", "A step needs a payload that is a JSON object.");
            return new(null, [], Policy.One, null, [], [], null, null);
        }
        Only(json, "", "who", "outcomes", "policy", "clock", "allow", "copy", "starts", "stops", "once");
        var outcomes = Texts(json, "outcomes");
        if (outcomes.IsEmpty)
            Problem("/outcomes", "payload.outcomes", "A step needs at least one outcome.");
        if (outcomes.Distinct().Count() != outcomes.Length)
            Problem("/outcomes", "payload.outcomes", "An outcome stands twice.");
        var allow = Texts(json, "allow");
        foreach (var action in allow.Where(a => !Actions.Contains(a)))
            Problem("/allow", "payload.allow", $"There is no office action '{action}'.");
        var payload = new StepPayload(
            Has(json, "who", out var who) ? ReadWho(who, "/who") : null,
            outcomes,
            Has(json, "policy", out var policy) ? ReadPolicy(policy) : Policy.One,
            Has(json, "clock", out var clock) ? ReadClock(clock, outcomes) : null,
            allow,
            Copy(json),
            Text(json, "", "starts"),
            Text(json, "", "stops")
        )
        {
            Once = Flag(json, "", "once"),
        };
        Fits(payload);
        return payload;
    }

    /// <summary>What goes together and what does not.</summary>
    private void Fits(StepPayload payload)
    {
        var kind = payload.Policy.Kind;
        if (kind != "one" && payload.Once)
            Problem("/once", "payload.once", "Only a step that one person decides can be decided with the one before.");
        if (kind != "one" && payload.Clock?.Reassign is not null)
            Problem("/clock/onExpiry", "payload.clock", "Only a step that one person decides can be reassigned.");
        if (payload.Clock is { Reassign: not null, Span: "handling" })
            Problem("/clock/onExpiry", "payload.clock", "A clock over several steps reassigns none of them.");
        if (payload.Clock is { OnExpiry: "escalate", Span: "handling" })
            Problem("/clock/onExpiry", "payload.clock", "A clock over several steps escalates by its reminders.");
    }

    private Who ReadWho(JsonElement json, string path, bool officeOnly = false)
    {
        Only(json, path, officeOnly ? ["office", "of"] : ["member", "role", "office", "of", "list"]);
        var who = new Who(
            Text(json, path, "member"),
            Text(json, path, "role"),
            Text(json, path, "office"),
            Text(json, path, "of"),
            Text(json, path, "list")
        );
        if (officeOnly && who.Office is null)
            Problem(path, "payload.who", "Name an office.");
        else if (new[] { who.Member, who.Role, who.Office, who.List }.Count(w => w is not null) != 1)
            Problem(path, "payload.who", "Name exactly one of member, role, office or list.");
        if (who.Office is null != who.Of is null)
            Problem($"{path}/of", "payload.who", "An office needs 'of', and nothing else may have it.");
        if (who.Of is not null && !Scopes.Contains(who.Of))
            Problem($"{path}/of", "payload.who", $"'{who.Of}' is none of {string.Join(", ", Scopes)}.");
        return who;
    }

    private Policy ReadPolicy(JsonElement json)
    {
        Only(json, "/policy", "kind", "pass", "fail", "over", "strict", "quorum", "ordered", "weights");
        var kind = Text(json, "/policy", "kind") ?? "";
        var policy = new Policy(
            kind,
            Share(json, "pass", orNumber: true),
            Text(json, "/policy", "over"),
            Flag(json, "/policy", "strict"),
            Share(json, "quorum"),
            Flag(json, "/policy", "ordered")
        )
        {
            Fail = Share(json, "fail", orNumber: true),
            Weights = Weights(json),
        };
        if (kind is not ("one" or "all" or "any" or "vote"))
            Problem("/policy/kind", "payload.policy", $"'{kind}' is none of one, all, any, vote.");
        if (kind == "vote" && (policy.Pass is null || policy.Over is not ("total" or "present")))
            Problem("/policy", "payload.policy", "A vote needs 'pass' and 'over' (total or present).");
        if (
            kind != "vote"
            && (
                policy.Pass is not null
                || policy.Fail is not null
                || policy.Over is not null
                || policy.Quorum is not null
                || policy.Strict
                || !policy.Weights.IsEmpty
            )
        )
            Problem("/policy", "payload.policy", "Only a vote has pass, fail, over, strict, quorum and weights.");
        if (kind != "all" && policy.Ordered)
            Problem("/policy/ordered", "payload.policy", "Only 'all' can be ordered.");
        return policy;
    }

    private ClockSpec ReadClock(JsonElement json, ImmutableArray<string> outcomes)
    {
        Only(json, "/clock", "name", "span", "onExpiry");
        var name = Text(json, "/clock", "name") ?? "";
        var span = Text(json, "/clock", "span") ?? "";
        if (name.Length == 0)
            Problem("/clock/name", "payload.clock", "A clock needs a name.");
        if (span is not ("task" or "step" or "handling"))
            Problem("/clock/span", "payload.clock", $"'{span}' is none of task, step, handling.");
        if (!Has(json, "onExpiry", out var expiry))
            Problem("/clock/onExpiry", "payload.clock", "A clock needs onExpiry.");
        if (expiry.ValueKind == JsonValueKind.Object)
        {
            if (Has(expiry, "reassign", out var to))
            {
                Only(expiry, "/clock/onExpiry", "reassign");
                return new(name, span, "reassign", null) { Reassign = ReadWho(to, "/clock/onExpiry/reassign", true) };
            }
            Only(expiry, "/clock/onExpiry", "outcome");
            var outcome = Text(expiry, "/clock/onExpiry", "outcome");
            if (outcome is null || !outcomes.Contains(outcome))
                Problem("/clock/onExpiry/outcome", "payload.clock", $"'{outcome}' is no outcome of this step.");
            return new(name, span, "outcome", outcome);
        }
        var kind = expiry.ValueKind == JsonValueKind.String ? expiry.GetString()! : "";
        if (kind is not ("remind" or "escalate"))
            Problem(
                "/clock/onExpiry",
                "payload.clock",
                "onExpiry is remind, escalate, {\"outcome\":…} or {\"reassign\":…}."
            );
        return new(name, span, kind, null);
    }

    private ImmutableArray<string> Copy(JsonElement json)
    {
        if (!Has(json, "copy", out var list))
            return [];
        var roles = ImmutableArray.CreateBuilder<string>();
        foreach (var entry in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToArray() : [list])
            if (entry.ValueKind == JsonValueKind.Object && Text(entry, "/copy", "role") is { } role)
                roles.Add(role);
            else
                Problem("/copy", "payload.copy", "A copy goes to {\"role\":…}.");
        return roles.ToImmutable();
    }

    private Fraction? Share(JsonElement json, string name, bool orNumber = false)
    {
        var text = Text(json, "/policy", name);
        var fraction = Fraction.Parse(text) ?? (orNumber ? Fraction.ParseNumber(text) : null);
        if (text is not null && fraction is null)
            Problem(
                $"/policy/{name}",
                "payload.policy",
                $"'{text}' is no fraction such as 1/2{(orNumber ? " and no number of votes" : "")}."
            );
        return fraction;
    }

    private ImmutableSortedDictionary<string, int> Weights(JsonElement json)
    {
        if (!Has(json, "weights", out var weights))
            return ImmutableSortedDictionary<string, int>.Empty;
        var read = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        if (weights.ValueKind != JsonValueKind.Object)
            Problem("/policy/weights", "payload.policy", "Weights are {\"Office\": votes}.");
        else
            foreach (var weight in weights.EnumerateObject())
                if (!Enum.GetNames<Office>().Contains(weight.Name))
                    Problem($"/policy/weights/{weight.Name}", "payload.policy", $"There is no office '{weight.Name}'.");
                else if (
                    weight.Value.ValueKind != JsonValueKind.Number
                    || !weight.Value.TryGetInt32(out var votes)
                    || votes is < 1 or > Heaviest
                )
                    Problem(
                        $"/policy/weights/{weight.Name}",
                        "payload.policy",
                        $"A weight is a whole number from 1 to {Heaviest}."
                    );
                else
                    read[weight.Name] = votes;
        return read.ToImmutable();
    }

    private bool Flag(JsonElement json, string path, string name)
    {
        if (!Has(json, name, out var value))
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Problem(
                $"{path}/{name}",
                path.Length == 0 ? "payload.shape" : "payload.policy",
                $"'{name}' is true or false."
            );
        return value.ValueKind == JsonValueKind.True;
    }

    private ImmutableArray<string> Texts(JsonElement json, string name)
    {
        if (!Has(json, name, out var list))
            return [];
        if (
            list.ValueKind == JsonValueKind.Array
            && list.EnumerateArray().All(t => t.ValueKind == JsonValueKind.String)
        )
            return [.. list.EnumerateArray().Select(t => t.GetString()!)];
        Problem($"/{name}", "payload.shape", $"'{name}' is a list of texts.");
        return [];
    }

    private string? Text(JsonElement json, string path, string name)
    {
        if (!Has(json, name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
            return text;
        Problem($"{path}/{name}", "payload.shape", $"'{name}' is a text.");
        return null;
    }

    private void Only(JsonElement json, string path, params string[] known)
    {
        if (json.ValueKind != JsonValueKind.Object)
            Problem(path, "payload.shape", "A JSON object is expected here.");
        else
            foreach (var property in json.EnumerateObject().Where(p => !known.Contains(p.Name)))
                Problem($"{path}/{property.Name}", "payload.unknown", $"There is no property '{property.Name}' here.");
    }

    private void Problem(string path, string code, string sentence) => problems.Add(new(path, code, sentence));

    private static bool Has(JsonElement json, string name, out JsonElement value)
    {
        value = default;
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out value);
    }
}
