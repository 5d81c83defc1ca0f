using System.Text.Json;

namespace EduUnion.Workflows.Engine;

/// <summary>Writes the family document; <see cref="FamilyReader"/> is its inverse.</summary>
/// <param name="matters">Null writes all; else only the shape, with those variables.</param>
internal sealed class FamilyWriter(Utf8JsonWriter json, Func<Instance, IReadOnlySet<string>>? matters)
{
    private readonly Dictionary<long, long> _renumbered = [];
    private readonly Dictionary<Guid, int> _positions = [];

    private bool IsShape => matters is not null;

    public void Write(Family family)
    {
        foreach (var instance in family.Instances)
        {
            _positions[instance.Id] = _positions.Count;
            foreach (var node in instance.Nodes)
                _renumbered[node.Id] = _renumbered.Count + 1;
        }
        json.WriteStartObject();
        json.WriteNumber("schema", FamilyJson.Schema);
        if (!IsShape)
        {
            json.WriteString("case", family.CaseId);
            json.WriteNumber("next", family.NextSequence);
        }
        json.WriteStartArray("instances");
        foreach (var instance in family.Instances)
            Write(instance);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(Instance instance)
    {
        json.WriteStartObject();
        if (!IsShape)
            json.WriteString("id", instance.Id);
        if (instance.Parent is { } parent)
        {
            if (IsShape)
                json.WriteNumber("parent", _positions.GetValueOrDefault(parent, -1));
            else
                json.WriteString("parent", parent);
        }
        if (instance.ParentNode != 0)
            json.WriteNumber("waits", Number(instance.ParentNode));
        if (instance.CorrelationId is { } correlation)
            json.WriteString("correlation", correlation);
        if (instance.Name is { } name)
            json.WriteString("name", name);
        if (instance.Rules.Flow == FlowMode.Token)
            json.WriteBoolean("token", true);
        if (instance.Rules.AsElsa)
            json.WriteBoolean("elsa", true);
        if (instance.Trigger is { } trigger)
            json.WriteString("trigger", trigger);
        Write("frame", instance.Frame, matters?.Invoke(instance));
        json.WriteStartArray("nodes");
        foreach (var node in instance.Nodes)
            Write(node);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(string name, Frame frame, IReadOnlySet<string>? variables = null)
    {
        json.WriteStartObject(name);
        json.WriteString("of", frame.DefinitionId);
        json.WriteNumber("version", frame.Version);
        Write("in", frame.Input);
        Write("vars", variables is null ? frame.Variables : frame.Variables.Where(v => variables.Contains(v.Key)));
        Write("out", frame.Outputs);
        if (frame.Outcomes is { } outcomes)
            Write("outcomes", outcomes);
        json.WriteEndObject();
    }

    private void Write(Node node)
    {
        json.WriteStartObject();
        json.WriteNumber("n", Number(node.Id));
        json.WriteString("a", node.ActivityId);
        if (node.Parent is { } parent)
            json.WriteNumber("in", Number(parent.Id));
        if (node.Backward)
            json.WriteBoolean("back", true);
        if (node.Position != 0)
            json.WriteNumber("at", node.Position);
        if (node.Breaking)
            json.WriteBoolean("breaking", true);
        Write("vars", node.Locals);
        if (node.Edges.Count > 0)
        {
            // Flat triples: edge, visits or tokens, followed or blocked.
            json.WriteStartArray("edges");
            foreach (var (edge, state) in node.Edges.OrderBy(e => e.Key))
            {
                json.WriteNumberValue(edge);
                json.WriteNumberValue(state.Visits);
                json.WriteNumberValue(state.Followed ? 1 : 0);
            }
            json.WriteEndArray();
        }
        if (node.Inner is { } inner)
            Write("frame", inner);
        if (node.Incident is { } incident)
            Write(incident);
        json.WriteEndObject();
    }

    private void Write(KeptIncident incident)
    {
        json.WriteStartObject("incident");
        if (!IsShape)
            json.WriteString("id", incident.Id);
        json.WriteString("reason", incident.Reason);
        if (incident.Outcomes is { } outcomes)
            Write("outcomes", outcomes);
        if (incident.Stimulus is { } stimulus)
        {
            json.WritePropertyName("stimulus");
            stimulus.WriteTo(json);
        }
        json.WriteEndObject();
    }

    private void Write(string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private void Write(string name, IEnumerable<KeyValuePair<string, JsonElement>> values)
    {
        var ordered = values.OrderBy(v => v.Key, StringComparer.Ordinal).ToList();
        if (ordered.Count == 0)
            return;
        json.WriteStartObject(name);
        foreach (var (key, value) in ordered)
        {
            json.WritePropertyName(key);
            value.WriteTo(json);
        }
        json.WriteEndObject();
    }

    private long Number(long id) => IsShape ? _renumbered.GetValueOrDefault(id, -1) : id;
}
